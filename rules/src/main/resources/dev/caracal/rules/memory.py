"""How much the modules of rules hold on to. An estimate: large containers are sampled, and nothing of theirs runs."""

import collections
import functools
import itertools
import sys
import types

_SAMPLE = 200
_MOST_LOOKS = 20_000
_OBJECT = 32
_CACHED_CALL = 200
_CONTAINERS = (dict, list, tuple, set, frozenset, collections.deque)
_TEXTS = (str, bytes, bytearray)
_LRU_CACHE = type(functools.lru_cache(print))


def _elements(value, base):
    sample = itertools.islice(base.__iter__(value), _SAMPLE)
    if base is not dict:
        return list(sample)
    keys = list(sample)
    return keys + [dict.get(value, key) for key in keys]


def _attributes(value, namespace):
    """Of what the module made itself: the others belong to the modules that made them."""
    if isinstance(value, types.FunctionType):
        if value.__globals__ is not namespace:
            return []
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        return [value.__defaults__, value.__kwdefaults__, value.__dict__] + cells
    if isinstance(value, type):
        return list(vars(value).values()) if value.__module__ == namespace["__name__"] else []
    if isinstance(value, types.ModuleType):
        return []
    try:
        return [object.__getattribute__(value, "__dict__")]
    except AttributeError:
        return []


def held_bytes(namespace):
    seen = set()
    total = 0
    rest = collections.deque((value, 1) for value in list(namespace.values()))
    for _ in range(_MOST_LOOKS):
        if not rest:
            break
        value, weight = rest.popleft()
        if value is None or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, _TEXTS):
            total += weight * (_OBJECT + type(value).__len__(value))
            continue
        if isinstance(value, _LRU_CACHE):
            total += weight * _CACHED_CALL * value.cache_info().currsize
            continue
        total += weight * _OBJECT
        base = next((base for base in _CONTAINERS if isinstance(value, base)), None)
        if base is None:
            rest.extend((part, weight) for part in _attributes(value, namespace))
            continue
        count = base.__len__(value)
        total += weight * 8 * count
        share = weight * max(1, count / _SAMPLE)
        rest.extend((element, share) for element in _elements(value, base))
    return int(total)


class Growth:
    """By how much modules have grown since they were first looked at."""

    def __init__(self):
        self.first = {}

    def of_rule(self, rule):
        return self._of(rule.module)

    def of_module(self, name):
        module = sys.modules.get(name)
        return 0 if module is None else self._of(module)

    def _of(self, module):
        held = held_bytes(module.__dict__)
        known, first = self.first.get(module.__name__, (None, 0))
        if known == id(module):
            return held - first
        self.first[module.__name__] = (id(module), held)
        return 0

    def forget(self, name):
        self.first.pop(name, None)
