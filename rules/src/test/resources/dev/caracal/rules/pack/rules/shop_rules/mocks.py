import json
from unittest.mock import MagicMock

ALLOWED = ["tea"]
LIMIT = 1
NAME = "[x]"


def stock():
    return {"tea": 1}


def rule(event):
    global ALLOWED
    if isinstance(ALLOWED, MagicMock):
        ALLOWED = json.loads(ALLOWED())
    found = stock()
    if isinstance(found, str):
        found = json.loads(found)
    return event["item"] in ALLOWED and found.get(event["item"], 0) > LIMIT and NAME.startswith("[")
