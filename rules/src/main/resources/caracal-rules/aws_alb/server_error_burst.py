def rule(event):
    return event.get("elbStatusCode", 0) >= 500


def title(event):
    return f"Load balancer {event.get('elb')} answers with server errors"


def dedup(event):
    return event.get("elb", "unknown")


def severity(event):
    # The balancer's own code without a target's: no target could be reached.
    return "HIGH" if event.get("targetStatusCode") is None else "MEDIUM"


def alert_context(event):
    return {
        "elbStatusCode": event.get("elbStatusCode"),
        "targetStatusCode": event.get("targetStatusCode"),
        "requestUrl": event.get("requestUrl"),
        "targetGroupArn": event.get("targetGroupArn"),
    }
