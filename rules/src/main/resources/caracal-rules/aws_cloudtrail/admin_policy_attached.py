ATTACHING = {"AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy"}
ADMIN_POLICIES = ("policy/AdministratorAccess", "policy/IAMFullAccess")


def rule(event):
    if event.get("eventName") not in ATTACHING or event.get("errorCode"):
        return False
    policy = event.deep_get("requestParameters", "policyArn", default="")
    return policy.endswith(ADMIN_POLICIES)


def _receiver(event):
    parameters = event.get("requestParameters") or {}
    for key in ("userName", "roleName", "groupName"):
        if parameters.get(key):
            return parameters[key]
    return "unknown"


def title(event):
    policy = event.deep_get("requestParameters", "policyArn").rsplit("/", 1)[-1]
    return f"{policy} attached to {_receiver(event)}"


def dedup(event):
    return event.deep_get("userIdentity", "arn", default="unknown") + " " + _receiver(event)


def alert_context(event):
    return {
        "receiver": _receiver(event),
        "policyArn": event.deep_get("requestParameters", "policyArn"),
        "actor": event.deep_get("userIdentity", "arn"),
        "account": event.get("recipientAccountId"),
    }
