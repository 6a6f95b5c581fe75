"""JSON paths: fields, indexes, [*], slices and descent with two dots; no filters."""

import re

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<descent>\.\.)
      | (?P<dot>\.)
      | \[\s*(?P<index>-?\d+)\s*\]
      | \[\s*(?P<each>\*)\s*\]
      | \[\s*(?P<start>-?\d*)\s*:\s*(?P<end>-?\d*)\s*\]
      | \[\s*(?P<quote>['"])(?P<quoted>.*?)(?P=quote)\s*\]
      | (?P<mark>['"])(?P<marked>.*?)(?P=mark)
      | (?P<star>\*)
      | (?P<root>\$)
      | (?P<name>[^\s.\[\]'"]+)
    )""",
    re.VERBOSE,
)


class JSONPathError(Exception):
    pass


class DatumInContext:
    """A value that a path leads to."""

    def __init__(self, value, steps):
        self.value = value
        self.steps = steps

    @property
    def full_path(self):
        return ".".join(str(step) for step in self.steps)

    @property
    def path(self):
        return self.steps[-1] if self.steps else "$"


def _field(value, name):
    """Not in and [], as the event's keys are found whatever their case."""
    if not isinstance(value, dict):
        return
    found = value.get(name, _field)
    if found is not _field:
        yield name, found


def _index(value, index):
    if isinstance(value, list) and -len(value) <= index < len(value):
        yield "[%d]" % index, value[index]


def _slice(value, bounds):
    if isinstance(value, list):
        for index in range(*bounds.indices(len(value))):
            yield "[%d]" % index, value[index]


def _each(value, _):
    if isinstance(value, list):
        yield from (("[%d]" % index, inner) for index, inner in enumerate(value))
    elif isinstance(value, dict):
        yield from value.items()


def _descent(value, _):
    yield "", value
    for name, inner in _each(value, None):
        for deeper, found in _descent(inner, None):
            yield (name + "." + deeper) if deeper else name, found


class JSONPath:
    def __init__(self, text, steps):
        self.text = text
        self.steps = steps
        self.is_plain = all(step is _field for step, _ in steps)
        self.names = [argument for _, argument in steps]

    def __str__(self):
        return self.text

    def values(self, value):
        if not self.is_plain:
            return [match.value for match in self.find(value)]
        for name in self.names:
            if not isinstance(value, dict):
                return []
            value = value.get(name, _field)
            if value is _field:
                return []
        return [value]

    def find(self, value):
        found = [DatumInContext(value, [])]
        for step, argument in self.steps:
            found = [
                DatumInContext(inner, match.steps + [name])
                for match in found
                for name, inner in step(match.value, argument)
            ]
        return found


def parse(text):
    """The path of a text such as $.a.b[0]; JSONPathError if it is none."""
    steps, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.end() == at:
            raise JSONPathError("no JSON path: %r, at character %d" % (text, at))
        at = token.end()
        if token["descent"]:
            steps.append((_descent, None))
        elif token["index"] is not None:
            steps.append((_index, int(token["index"])))
        elif token["each"] or token["star"]:
            steps.append((_each, None))
        elif token["start"] is not None:
            bounds = (int(token[side]) if token[side] else None for side in ("start", "end"))
            steps.append((_slice, slice(*bounds)))
        else:
            name = token["quoted"] or token["marked"] or token["name"]
            if name is not None:
                steps.append((_field, name))
    if not steps and text.strip() != "$":
        raise JSONPathError("no JSON path: %r" % text)
    return JSONPath(text, steps)
