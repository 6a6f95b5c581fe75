from urllib.parse import unquote

MARKS = (
    "../",
    "..\\",
    "/etc/passwd",
    "win.ini",
    "union select",
    "union all select",
    "' or '1'='1",
    "information_schema",
    "sleep(",
)


def rule(event):
    url = event.get("requestUrl", "")
    if not url:
        return False
    # Probes are often encoded twice.
    plain = unquote(unquote(url)).replace("+", " ").lower()
    return any(mark in plain for mark in MARKS)


def title(event):
    return f"{event.get('clientIp')} probes {event.get('elb')} for weaknesses"


def dedup(event):
    return event.get("clientIp", "unknown")


def severity(event):
    # An answer that is neither an error nor a redirect: the probe may have got something.
    return "HIGH" if event.get("elbStatusCode") == 200 else "LOW"


def alert_context(event):
    return {
        "clientIp": event.get("clientIp"),
        "requestUrl": event.get("requestUrl"),
        "userAgent": event.get("userAgent"),
        "elbStatusCode": event.get("elbStatusCode"),
    }
