EVENTS = {
    "user.mfa.factor.deactivate": "A factor",
    "user.mfa.factor.reset_all": "Every factor",
}


def rule(event):
    if event.get("eventType") not in EVENTS:
        return False
    return event.deep_get("outcome", "result") == "SUCCESS"


def _user(event):
    for target in event.get("target") or []:
        if target.get("type") == "User":
            return target.get("alternateId") or target.get("id")
    return "unknown"


def title(event):
    actor = event.deep_get("actor", "alternateId", default="unknown")
    return f"{EVENTS[event.get('eventType')]} of Okta user {_user(event)} removed by {actor}"


def dedup(event):
    return _user(event)


def severity(event):
    # Users replace their own phones; an attacker at the help desk acts on somebody else's.
    own = event.deep_get("actor", "alternateId") == _user(event)
    if event.get("eventType") == "user.mfa.factor.reset_all":
        return "MEDIUM" if own else "HIGH"
    return "LOW" if own else "MEDIUM"


def alert_context(event):
    return {
        "actor": event.deep_get("actor", "alternateId"),
        "user": _user(event),
        "ipAddress": event.deep_get("client", "ipAddress"),
        "reason": event.deep_get("outcome", "reason"),
    }
