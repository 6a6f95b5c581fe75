def rule(event):
    if event.get("eventName") != "ConsoleLogin":
        return False
    if event.deep_get("responseElements", "ConsoleLogin") != "Success":
        return False
    # Single sign-on checks the second factor itself, and CloudTrail does not see it.
    if event.deep_get("userIdentity", "type") not in ("IAMUser", "Root"):
        return False
    return event.deep_get("additionalEventData", "MFAUsed") != "Yes"


def _user(event):
    return event.deep_get("userIdentity", "userName") or event.deep_get("userIdentity", "type", default="unknown")


def title(event):
    account = event.get("recipientAccountId", "unknown")
    return f"Console login of {_user(event)} without MFA in account {account}"


def dedup(event):
    return event.deep_get("userIdentity", "arn", default=_user(event))


def severity(event):
    return "CRITICAL" if event.deep_get("userIdentity", "type") == "Root" else "HIGH"


def alert_context(event):
    return {
        "user": event.deep_get("userIdentity", "arn"),
        "sourceIPAddress": event.get("sourceIPAddress"),
        "userAgent": event.get("userAgent"),
        "region": event.get("awsRegion"),
    }
