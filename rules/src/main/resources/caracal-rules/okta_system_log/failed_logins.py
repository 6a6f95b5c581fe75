def rule(event):
    if event.get("eventType") == "user.account.lock":
        return True
    return (
        event.get("eventType") == "user.session.start"
        and event.deep_get("outcome", "result") == "FAILURE"
        and event.deep_get("outcome", "reason") == "INVALID_CREDENTIALS"
    )


def _user(event):
    return event.deep_get("actor", "alternateId", default="unknown")


def title(event):
    return f"Many failed Okta logins of {_user(event)}"


def dedup(event):
    return _user(event).lower()


def alert_context(event):
    return {
        "user": _user(event),
        "ipAddress": event.deep_get("client", "ipAddress"),
        "country": event.deep_get("client", "geographicalContext", "country"),
        "isProxy": event.deep_get("securityContext", "isProxy"),
    }
