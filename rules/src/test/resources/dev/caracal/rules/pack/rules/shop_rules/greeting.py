from shop_helpers import greeting


def rule(event):
    return event.get("kind") == "sale"


def title(event):
    return greeting(event)
