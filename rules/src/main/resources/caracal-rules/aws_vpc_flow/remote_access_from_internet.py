import ipaddress

PORTS = {22: "SSH", 3389: "RDP"}


def _is_public(text):
    try:
        return ipaddress.ip_address(text).is_global
    except ValueError:
        return False


def rule(event):
    if event.get("action") != "ACCEPT" or event.get("dstPort") not in PORTS:
        return False
    # A public target is a machine elsewhere, to which somebody inside connects.
    return _is_public(event.get("srcAddr", "")) and not _is_public(event.get("dstAddr", ""))


def title(event):
    return f"{PORTS[event['dstPort']]} to {event.get('dstAddr')} accepted from the internet"


def dedup(event):
    return f"{event.get('dstAddr')}:{event['dstPort']}"


def alert_context(event):
    return {
        "source": event.get("srcAddr"),
        "target": event.get("dstAddr"),
        "port": event.get("dstPort"),
        "interface": event.get("interfaceId"),
        "account": event.get("account"),
        "bytes": event.get("bytes"),
    }
