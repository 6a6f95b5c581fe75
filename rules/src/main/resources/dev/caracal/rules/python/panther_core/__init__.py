"""Names that rules import for their type hints and checks."""

from __main__ import PantherEvent
