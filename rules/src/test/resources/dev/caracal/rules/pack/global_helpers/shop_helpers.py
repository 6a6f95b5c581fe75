import shop_text


def greeting(event):
    return shop_text.shout("hello " + event.get("buyer", "nobody"))
