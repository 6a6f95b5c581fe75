def rule(_):
    return True


def title(event):
    return f"{event.get('n')} sales"
