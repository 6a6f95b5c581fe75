from datetime import timedelta, timezone

UTC = timezone.utc


def tzutc():
    return UTC


def tzoffset(name, offset):
    delta = offset if isinstance(offset, timedelta) else timedelta(seconds=offset)
    return timezone(delta, name) if name else timezone(delta)


def gettz(name=None):
    return UTC if name is None or name.upper() in ("UTC", "GMT", "Z") else None
