def rule(event):
    return event["noSuchKey"] == 1
