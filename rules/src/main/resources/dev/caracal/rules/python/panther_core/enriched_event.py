from __main__ import PantherEvent
