from panther_detection_helpers import caching
from panther_detection_helpers.monitoring import wrap


def rule(event):
    key = "shop-" + event["key"]
    caching.reset_string_set(key)
    with wrap(name="cache"):
        assert caching.get_string_set(key) == set()
        caching.put_string_set(key, ["a", "b"], epoch_seconds=3600)
        assert caching.add_to_string_set(key, "c") == {"a", "b", "c"}
        assert caching.remove_from_string_set(key, ["a", "b"]) == {"c"} == caching.get_string_set(key)
        assert caching.check_account_age(key)
        caching.set_key_expiration(key, 1)
        assert caching.increment_counter(key + "n") == 1 and caching.increment_counter(key + "n", 4) == 5
        assert caching.get_counter(key + "n", force_ttl_check=True) == 5
        caching.reset_counter(key + "n")
        assert caching.get_counter(key + "n") == 0
        assert [caching.evaluate_threshold(key + "t", threshold=2) for _ in range(4)] == [False, True, False, True]
        caching.put_dictionary(key + "d", {"x": [1, {"y": None}]})
        assert caching.get_dictionary(key + "d") == {"x": [1, {"y": None}]}
        assert caching.get_dictionary("nothing") == {}
        caching.put_string_set(key + "past", ["gone"], epoch_seconds=1600000000)
        assert caching.get_string_set(key + "past") == set()
        try:
            caching.get_counter(7)
            return False
        except TypeError:
            return True
