"""The event as rules see it: read-only, and blind to the case of keys."""

import json

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

    __slots__ = ("_folded",)

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
        """Walks down objects and through arrays; distinct values, a single one alone."""
        if return_val not in ("all", "first", "last"):
            raise ValueError("return_val is all, first or last, not " + repr(return_val))
        found = []
        _walk(self, keys, found)
        if not found:
            return default
        if return_val == "first":
            return found[0]
        if return_val == "last":
            return found[-1]
        return found[0] if len(found) == 1 else found

    def to_dict(self):
        return _thawed(self)

    def copy(self):
        return _thawed(self)

    def __copy__(self):
        return _thawed(self)

    def __deepcopy__(self, memo):
        return _thawed(self)


def _walk(value, keys, found):
    if isinstance(value, list):
        for inner in value:
            _walk(inner, keys, found)
    elif not keys:
        if value is not None and value not in found:
            found.append(value)
    elif isinstance(value, dict):
        _walk(value.get(keys[0]), keys[1:], found)


_remember = ImmutableCaseInsensitiveDict._folded.__set__


def _frozen(mapping):
    # ARRAY_MARK is set before this file is loaded; see ArrayMarks.
    values = mapping.get(ARRAY_MARK)
    if values is None:
        return ImmutableCaseInsensitiveDict(mapping)
    return ImmutableList(values)


# raw_decode, as decode matches white space with a regular expression at both ends.
_decode = json.JSONDecoder(object_hook=_frozen).raw_decode


def parse(text):
    """The event of a JSON text whose arrays are marked."""
    return _decode(text)[0]
