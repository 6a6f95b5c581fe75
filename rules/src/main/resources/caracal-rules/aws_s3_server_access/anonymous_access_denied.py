def rule(event):
    # A request without signature has no requester.
    return event.get("httpstatus") == 403 and not event.get("requester")


def title(event):
    return f"Anonymous requests to bucket {event.get('bucket')} are denied"


def dedup(event):
    return f"{event.get('bucket')} {event.get('remoteip')}"


def alert_context(event):
    return {
        "bucket": event.get("bucket"),
        "key": event.get("key"),
        "operation": event.get("operation"),
        "remoteip": event.get("remoteip"),
        "useragent": event.get("useragent"),
    }
