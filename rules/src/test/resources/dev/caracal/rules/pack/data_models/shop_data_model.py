from shop_text import shout


def get_place(event):
    return shout(event.get("town")) if event.get("town") else None
