# Add a name, save, and copy a log file into the drop folder: the next file is judged by the new list.
WATCHED = {"mallory"}


def rule(event):
    return event.deep_get("userIdentity", "userName") in WATCHED


def title(event):
    return f"{event.deep_get('userIdentity', 'userName')} called {event.get('eventName')}"


def dedup(event):
    return event.deep_get("userIdentity", "userName")
