"""String sets, counters and dictionaries by key, which outlive the event.

Keys are text. What is stored is forgotten at its expiry, an epoch second, or 90 days after it was
written where none is given. The store is the engine's RuleCache.
"""

import json
import time
from datetime import datetime

from __main__ import rule_cache as _call

_DEFAULT_LIFETIME = 90 * 24 * 3600
_LATEST = 253402300799
_MAX_COUNT = 2**63 - 1


class CacheError(Exception):
    """The cache did not answer."""


def _ask(operation, key, argument="", expiry=0):
    if not isinstance(key, str):
        raise TypeError("a key is text, not " + type(key).__name__)
    answer = _call(operation, key, argument, expiry)
    if isinstance(answer, str) and answer.startswith("!"):
        raise CacheError(answer[1:])
    return answer


def _texts(values):
    texts = {values} if isinstance(values, str) else set(values)
    for text in texts:
        if not isinstance(text, str):
            raise TypeError("a string set holds text, not " + type(text).__name__)
    return texts


def _expiry(epoch_seconds):
    if epoch_seconds is None:
        return int(time.time()) + _DEFAULT_LIFETIME
    seconds = epoch_seconds.timestamp() if isinstance(epoch_seconds, datetime) else epoch_seconds
    seconds = int(float(seconds))
    # A small number is a lifetime, as some rules have it, rather than a moment in 1970.
    return min(seconds if seconds > _DEFAULT_LIFETIME * 4 else int(time.time()) + seconds, _LATEST)


def set_key_expiration(key, epoch_seconds):
    """When what is stored under the key is forgotten."""
    _ask("expire", key, expiry=_expiry(epoch_seconds))


def get_counter(key, force_ttl_check=False):
    return _ask("get_counter", key)


def increment_counter(key, val=1, epoch_seconds=None):
    """The counter's new value."""
    amount = int(val)
    if not -_MAX_COUNT <= amount <= _MAX_COUNT:
        raise OverflowError("a counter has 64 bits")
    return _ask("increment_counter", key, amount, _expiry(epoch_seconds))


def reset_counter(key):
    _ask("reset", key)


def get_string_set(key, force_ttl_check=False):
    return set(_ask("get_strings", key))


def put_string_set(key, val, epoch_seconds=None):
    """Replaces the set."""
    _ask("put_strings", key, _texts(val), _expiry(epoch_seconds))


def add_to_string_set(key, val, epoch_seconds=None):
    """The set with the new members."""
    return set(_ask("add_strings", key, _texts(val), _expiry(epoch_seconds)))


def remove_from_string_set(key, val):
    """The set without the members."""
    return set(_ask("remove_strings", key, _texts(val)))


def reset_string_set(key):
    _ask("reset", key)


def evaluate_threshold(key, threshold=10, expiry_seconds=3600):
    """Counts a call; True, and the counter starts again, when the threshold is reached."""
    if increment_counter(key, 1, int(time.time()) + expiry_seconds) < threshold:
        return False
    reset_counter(key)
    return True


def get_dictionary(key, force_ttl_check=False):
    return json.loads(_ask("get_dictionary", key))


def put_dictionary(key, val, epoch_seconds=None):
    """Replaces the dictionary, which is stored as JSON."""
    if not isinstance(val, dict):
        raise TypeError("expected a dict, not " + type(val).__name__)
    _ask("put_dictionary", key, json.dumps(val), _expiry(epoch_seconds))


def check_account_age(key):
    """Whether the account or user was seen for the first time lately: a rule stored it so."""
    return bool(key) and bool(get_string_set(str(key)))
