import json
from collections.abc import Mapping, Sequence

from panther_core import PantherEvent
from panther_core.enriched_event import PantherEvent as Same
from panther_core.immutable import ImmutableCaseInsensitiveDict, ImmutableList


def refuses(change):
    try:
        change()
    except TypeError:
        return True
    return False


def rule(event):
    checks = {
        "types": isinstance(event, PantherEvent)
        and Same is PantherEvent
        and isinstance(event, Mapping)
        and isinstance(event["o"], ImmutableCaseInsensitiveDict)
        and isinstance(event["l"], ImmutableList)
        and isinstance(event["l"], Sequence),
        "case": event["KIND"] == event.get("Kind") == "api" and "kINd" in event and event["o"]["DEEP"]["er"] == 1,
        "missing": event.get("nothing", 7) == 7 and "nothing" not in event,
        "deep_get": event.deep_get("o", "deep", "er") == 1
        and event.deep_get("o", "no", "er", default=2) == 2
        and event.deep_get("none", default=3) == 3,
        "deep_walk": event.deep_walk("l", "a") == [1, 2]
        and event.deep_walk("l", "b") == 5
        and event.deep_walk("l", "a", return_val="first") == 1
        and event.deep_walk("l", "a", return_val="last") == 2
        and event.deep_walk("l", "no", default="d") == "d"
        and event.deep_walk("one") == ["x"]
        and event.deep_walk("empty", default=0) == 0,
        "views": list(event["o"].items()) == [("deep", {"er": 1})]
        and list(event["o"].keys()) == ["deep"]
        and list(event["o"].values()) == [{"er": 1}]
        and len(event["o"]) == 1,
        "equal": event["l"] == [{"a": 1}, {"a": 2, "b": 5}, {"a": 1}]
        and event["one"] == ("x",)
        and event["o"] == {"deep": {"er": 1}},
        "read_only": refuses(lambda: event.update(a=1))
        and refuses(lambda: event["l"].append(1))
        and refuses(lambda: event["o"].pop("deep"))
        and refuses(lambda: setattr(event, "x", 1)),
        "copies": type(event.to_dict()) is dict
        and type(event.to_dict()["l"]) is list
        and type(event["l"].as_list()[0]) is dict
        and type(event["o"].copy()) is dict,
        "json": json.loads(json.dumps(event, default=PantherEvent.json_encoder)) == event.to_dict(),
        "time": event.event_time_epoch() == 1700000000,
        "lookup": event.lookup("prices", "tea") is None,
        "made": PantherEvent({"A": {"b": [1]}})["a"]["B"] == [1],
        "no_model": event.udm("actor_user") is None
        and event.udm("actor_user", default="d") == "d"
        and event.udm_path("actor_user") is None,
    }
    failed = [name for name, holds in checks.items() if not holds]
    assert not failed, failed
    return True
