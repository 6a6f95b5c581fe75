"""Reads the times that occur in logs: ISO 8601 and its relatives, RFC 2822, ctime, US and epoch-free forms."""

import re
from datetime import datetime, timedelta, timezone

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<half>am|pm)?"
)
_ZONE = r"\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*utc)?(?:\s*\([^)]*\))?"
_CLOCK = r"(?:(?:\s*t\s*|\s+|,\s*|:)" + _TIME + _ZONE + ")?"
_FORMS = [
    re.compile("^" + form + "$", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})" + _CLOCK,
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
        + _ZONE
        + ")?",
        r"(?P<year>\d{4})-(?P<month>\d{2})",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})" + _CLOCK,
        _WEEKDAY + r"(?P<day>\d{1,2})[-\s/]" + _MONTH + r",?[-\s/](?P<year>\d{4})" + _CLOCK,
        _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _CLOCK,
        _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})\s+" + _TIME + r"(?:\s+(?P<zone>utc|gmt))?\s+(?P<year>\d{4})",
    )
]


class ParserError(ValueError):
    pass


def _zone(text):
    if text is None:
        return None
    if text[0] not in "+-":
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset) if offset else timezone.utc


def _hour(parts):
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower()
    if half == "pm" and hour < 12:
        return hour + 12
    return 0 if half == "am" and hour == 12 else hour


def parse(timestr, default=None, ignoretz=False, **kwargs):
    """A datetime, with a time zone where the text has one; ParserError if it is no time."""
    if isinstance(timestr, (bytes, bytearray)):
        timestr = timestr.decode()
    if not isinstance(timestr, str):
        raise TypeError("Parser must be a string or character stream, not " + type(timestr).__name__)
    text = timestr.strip()
    for form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        month = parts["month"].lower()
        try:
            return datetime(
                int(parts["year"]),
                _MONTHS[month[:3]] if month[0].isalpha() else int(month),
                int(parts.get("day") or 1),
                _hour(parts),
                int(parts.get("minute") or 0),
                int(parts.get("second") or 0),
                int((parts.get("fraction") or "0").ljust(6, "0")[:6]),
                None if ignoretz else _zone(parts.get("zone")),
            )
        except ValueError as error:
            raise ParserError("%s: %s" % (error, timestr)) from error
    raise ParserError("Unknown string format: " + timestr)


isoparse = parse
