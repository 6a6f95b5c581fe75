from door_helpers import is_open


def rule(event):
    return is_open(event)
