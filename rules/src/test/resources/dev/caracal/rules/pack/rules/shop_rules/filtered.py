def rule(event):
    return event["kind"] == "sale"
