"""The event as rules see it: read-only, and blind to the case of keys."""

import ast
import builtins
import json
import re
from datetime import datetime, timezone

_ABSENT = object()
_exact = dict.get
_exact_in = dict.__contains__

# From the keys of a dict to its folded keys: events of a log type come in few shapes.
_shapes = {}
_MAX_SHAPES = 2000


def _folded_keys(keys):
    folded = _shapes.get(keys)
    if folded is None:
        folded = {}
        for key in keys:
            folded.setdefault(key.lower(), key)
        if len(_shapes) >= _MAX_SHAPES:
            _shapes.clear()
        _shapes[keys] = folded
    return folded


def _spelling(mapping, key):
    """The mapping's own spelling of a key that it does not hold exactly, or the absent mark."""
    if not isinstance(key, str):
        return _ABSENT
    try:
        folded = mapping._folded
    except AttributeError:
        folded = _folded_keys(tuple(mapping))
        _remember(mapping, folded)
    return folded.get(key.lower(), _ABSENT)


def _refuse(self, *args, **kwargs):
    raise TypeError("an event is read-only; to_dict() gives a copy to change")


def _thawed(value):
    if isinstance(value, dict):
        return {key: _thawed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_thawed(inner) for inner in value]
    return value


class ImmutableList(list):
    """A JSON array of an event."""

    __slots__ = ()

    __setattr__ = __delattr__ = __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __eq__(self, other):
        return list.__eq__(self, list(other) if isinstance(other, tuple) else other)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def as_list(self):
        return _thawed(self)

    def copy(self):
        return _thawed(self)

    def __copy__(self):
        return _thawed(self)

    def __deepcopy__(self, memo):
        return _thawed(self)


class ImmutableCaseInsensitiveDict(dict):
    """A JSON object of an event. A key that is there exactly costs what it costs in a dict."""

    __slots__ = ("_folded", "_data_model")

    __setattr__ = __delattr__ = __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __missing__(self, key):
        spelling = _spelling(self, key)
        if spelling is _ABSENT:
            raise KeyError(key)
        return _exact(self, spelling)

    def __contains__(self, key):
        return _exact_in(self, key) or _spelling(self, key) is not _ABSENT

    def get(self, key, default=None):
        value = _exact(self, key, _ABSENT)
        if value is not _ABSENT:
            return value
        spelling = _spelling(self, key)
        return default if spelling is _ABSENT else _exact(self, spelling)

    def deep_get(self, *keys, default=None):
        """Walks down objects; the default if a step is missing or the value is None."""
        value = self
        for key in keys:
            if not isinstance(value, dict):
                return default
            value = value.get(key)
            if value is None:
                return default
        return value

    def deep_walk(self, *keys, default=None, return_val="all"):
        """
        Walks down objects and through arrays. What the last key leads to comes as it is; where an
        array was passed on the way, its distinct values, a single one alone.
        """
        if return_val not in ("all", "first", "last"):
            raise ValueError("return_val is all, first or last, not " + repr(return_val))
        return _walk(self, keys, default, return_val)

    def to_dict(self):
        return _thawed(self)

    def copy(self):
        return _thawed(self)

    def __copy__(self):
        return _thawed(self)

    def __deepcopy__(self, memo):
        return _thawed(self)


def _is_hollow(value):
    return isinstance(value, list) and all(map(_is_hollow, value))


def _walk(value, keys, default, return_val):
    if not keys:
        return default if _is_hollow(value) else value
    if isinstance(value, dict):
        inner = value.get(keys[0])
        return default if inner is None else _walk(inner, keys[1:], default, return_val)
    if not isinstance(value, list):
        return default
    found = []
    for element in value:
        result = _walk(element, keys, default, return_val)
        for one in result if isinstance(result, list) else (result,):
            if one is not None and one not in found:
                found.append(one)
    if not found:
        return default
    if return_val == "all":
        return found[0] if len(found) == 1 else found
    return found[0] if return_val == "first" else found[-1]


_remember = ImmutableCaseInsensitiveDict._folded.__set__
_set_data_model = ImmutableCaseInsensitiveDict._data_model.__set__


class PantherEvent(ImmutableCaseInsensitiveDict):
    """The event as a whole, which knows its log type's data model."""

    __slots__ = ()

    def __init__(self, event=(), data_model=None):
        dict.__init__(self, _frozen_copy(event))
        if data_model is not None:
            _set_data_model(self, data_model)

    def _model(self):
        try:
            return self._data_model
        except AttributeError:
            return data_models.get(self.get("p_log_type"))

    def udm(self, key, *keys, default=None):
        """The value that the data model of the event's log type has by this name."""
        model = self._model()
        value = None if model is None else model.value(self, key)
        for step in keys:
            value = value.get(step) if isinstance(value, dict) else None
        return default if value is None else value

    def udm_path(self, key):
        """The JSON path that the data model has by this name; None if it has none."""
        model = self._model()
        return None if model is None else model.path(key)

    def lookup(self, table, key):
        """The row of a lookup table that matches the key; None if there is none."""
        # find_row is set before this file is loaded; see PythonContext.
        if isinstance(key, bool) or not isinstance(key, (str, int, float)):
            return None
        row = find_row(str(table), str(key))
        return None if row is None else _decode(row)[0]

    def event_time_epoch(self):
        """The event's time in whole seconds since 1970; 0 if it has none that can be read."""
        return epoch_seconds(self.get("p_event_time"))

    @staticmethod
    def json_encoder(value):
        """For json.dumps(event, default=PantherEvent.json_encoder); an event needs none."""
        if isinstance(value, (set, frozenset)):
            return sorted(value, key=str)
        if isinstance(value, (dict, list, tuple)):
            return _thawed(value)
        raise TypeError("not JSON: " + type(value).__name__)


_DIRECTIVES = {
    "d": r"(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])",
    "f": r"(?P<f>[0-9]{1,6})",
    "H": r"(?P<H>2[0-3]|[0-1]\d|\d)",
    "I": r"(?P<I>1[0-2]|0[1-9]|[1-9]| [1-9])",
    "m": r"(?P<m>1[0-2]|0[1-9]|[1-9])",
    "M": r"(?P<M>[0-5]\d|\d)",
    "S": r"(?P<S>6[0-1]|[0-5]\d|\d)",
    "Y": r"(?P<Y>\d\d\d\d)",
    "b": r"[^\W\d_]+\.?",
    "p": r"[^\W\d_]*",
    "z": r"(?:[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|Z)",
    "Z": r"[^\W\d_]*",
    "%": "%",
}
_PLAIN = {"Y", "m", "d", "H", "M", "S", "f"}

# From a format to the pattern of what it may match, and whether that has all of the time.
_formats = {}


def _format(text):
    known = _formats.get(text)
    if known is None:
        pattern, directives = "", set()
        characters = iter(text)
        for character in characters:
            if character == "%":
                directive = next(characters, "")
                directives.add(directive)
                pattern += _DIRECTIVES.get(directive, ".*")
            else:
                pattern += r"\s+" if character.isspace() else re.escape(character)
        plain = {"Y", "m", "d"} <= directives <= _PLAIN
        try:
            known = (re.compile(pattern, re.IGNORECASE | re.DOTALL), plain)
        except re.error:
            known = (re.compile(".*", re.DOTALL), False)
        if len(_formats) >= 200:
            _formats.clear()
        _formats[text] = known
    return known


def strptime(kind, text, format):
    """
    kind.strptime(text, format), of which this Python's is slow above all where the text does not
    match, and rules try one format after the other.
    """
    if kind is not datetime or not isinstance(text, str) or not isinstance(format, str):
        return kind.strptime(text, format)
    pattern, plain = _format(format)
    match = pattern.fullmatch(text)
    if match is None:
        raise ValueError("time data %r does not match format %r" % (text, format))
    if not plain:
        return kind.strptime(text, format)
    parts = match.groupdict()
    second = int(parts.get("S") or 0)
    if second > 59:
        return kind.strptime(text, format)
    return datetime(
        int(parts["Y"]),
        int(parts["m"]),
        int(parts["d"]),
        int(parts.get("H") or 0),
        int(parts.get("M") or 0),
        second,
        int((parts.get("f") or "0").ljust(6, "0")),
    )


builtins.__strptime__ = strptime


class _Times(ast.NodeTransformer):
    def visit_Call(self, node):
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute) or node.keywords:
            return node
        owner, arguments = node.func.value, node.args
        if (
            node.func.attr == "strftime"
            and len(arguments) == 1
            and isinstance(arguments[0], ast.Constant)
            and arguments[0].value == "%s"
        ):
            moment = ast.Call(ast.Attribute(owner, "timestamp", ast.Load()), [], [])
            seconds = ast.Call(ast.Name("int", ast.Load()), [moment], [])
            return ast.copy_location(ast.Call(ast.Name("str", ast.Load()), [seconds], []), node)
        if node.func.attr == "strptime" and len(arguments) == 2:
            function = ast.Name("__strptime__", ast.Load())
            return ast.copy_location(ast.Call(function, [owner] + arguments, []), node)
        return node


def code_of(source, path):
    """
    The compiled code of a Python file. strftime("%s"), the epoch second where the C library knows
    it, is unknown to this Python, and reproduced; strptime() is ours.
    """
    if "strptime" in source or "strftime" in source:
        source = ast.fix_missing_locations(_Times().visit(ast.parse(source, path)))
    return compile(source, path, "exec", dont_inherit=True)


# From log type to the enabled data model; see data_model.py.
data_models = {}


def epoch_seconds(time):
    if isinstance(time, datetime):
        moment = time
    elif isinstance(time, (int, float)):
        return int(time)
    else:
        try:
            moment = datetime.fromisoformat(str(time).strip().replace(" UTC", "+00:00"))
        except ValueError:
            return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return int(moment.timestamp())


def _freeze(value):
    if isinstance(value, dict):
        if isinstance(value, ImmutableCaseInsensitiveDict):
            return value
        return ImmutableCaseInsensitiveDict(_frozen_copy(value))
    if isinstance(value, (list, tuple)):
        return value if isinstance(value, ImmutableList) else ImmutableList(map(_freeze, value))
    return value


def _frozen_copy(mapping):
    return {key: _freeze(value) for key, value in dict(mapping).items()}


def _frozen(mapping):
    # ARRAY_MARK is set before this file is loaded; see ArrayMarks.
    values = mapping.get(ARRAY_MARK)
    if values is None:
        return ImmutableCaseInsensitiveDict(mapping)
    return ImmutableList(values)


_new = dict.__new__
_fill = dict.update

# raw_decode, as decode matches white space with a regular expression at both ends.
_decode = json.JSONDecoder(object_hook=_frozen).raw_decode


def parse(text):
    """The event of a JSON text whose arrays are marked."""
    # Not PantherEvent(…), which would look at every value again.
    event = _new(PantherEvent)
    _fill(event, _decode(text)[0])
    return event
