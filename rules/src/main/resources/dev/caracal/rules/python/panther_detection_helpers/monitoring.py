"""Tracing, which does nothing here."""

from contextlib import contextmanager


@contextmanager
def wrap(name=None, *args, **kwargs):
    yield


def use_monitoring(*args, **kwargs):
    return None
