def rule(event):
    identity = event.get("userIdentity", {})
    if identity.get("type") != "Root":
        return False
    # AWS services act as root on their own account, for example for a lifecycle policy.
    if identity.get("invokedBy") or event.get("eventType") == "AwsServiceEvent":
        return False
    # Logins have a rule of their own, and are not yet a change.
    return event.get("eventName") != "ConsoleLogin"


def title(event):
    account = event.deep_get("userIdentity", "accountId", default="unknown")
    return f"Root of account {account} called {event.get('eventName')}"


def dedup(event):
    return event.deep_get("userIdentity", "accountId", default="unknown")


def severity(event):
    return "MEDIUM" if event.get("readOnly") is True else "HIGH"


def alert_context(event):
    return {
        "eventSource": event.get("eventSource"),
        "eventName": event.get("eventName"),
        "sourceIPAddress": event.get("sourceIPAddress"),
        "mfa": event.deep_get("userIdentity", "sessionContext", "attributes", "mfaAuthenticated"),
    }
