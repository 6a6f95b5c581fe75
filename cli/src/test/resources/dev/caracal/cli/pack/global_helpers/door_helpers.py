def is_open(event):
    return event.get("door") == "open"
