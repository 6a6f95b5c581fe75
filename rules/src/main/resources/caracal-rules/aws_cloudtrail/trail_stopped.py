ACTIONS = {
    "StopLogging": "stopped",
    "DeleteTrail": "deleted",
    "PutEventSelectors": "changed",
}


def rule(event):
    if event.get("eventSource") != "cloudtrail.amazonaws.com" or event.get("errorCode"):
        return False
    action = event.get("eventName")
    if action != "PutEventSelectors":
        return action in ACTIONS
    selectors = event.deep_get("requestParameters", "eventSelectors", default=[])
    return any(selector.get("includeManagementEvents") is False for selector in selectors)


def _trail(event):
    parameters = event.get("requestParameters") or {}
    return parameters.get("name") or parameters.get("trailName") or "unknown"


def title(event):
    return f"CloudTrail {_trail(event)} {ACTIONS[event.get('eventName')]}"


def dedup(event):
    return _trail(event)


def severity(event):
    return "HIGH" if event.get("eventName") == "PutEventSelectors" else "CRITICAL"


def alert_context(event):
    return {
        "trail": _trail(event),
        "actor": event.deep_get("userIdentity", "arn"),
        "sourceIPAddress": event.get("sourceIPAddress"),
    }
