def rule(event):
    return bool(event.udm("actor_user"))


def title(event):
    return f"{event.udm('actor_user')} {event.udm('place')} {event.udm('first_item')} {event.udm('nothing')}"


def description(event):
    return f"{event.udm_path('actor_user')} {event.udm_path('source_ip')} {event.udm_path('place')}"


def runbook(event):
    try:
        return str(event.udm("any_item"))
    except ValueError as error:
        return str(error)
