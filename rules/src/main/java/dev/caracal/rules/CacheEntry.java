package dev.caracal.rules;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a key of a rule cache holds.
 *
 * @param dictionary a JSON object
 */
record CacheEntry(Set<String> strings, long counter, String dictionary, long expiryEpochSeconds) {

    /** Stands for an entry that is not there. */
    static final CacheEntry NONE = new CacheEntry(Set.of(), 0, "{}", Long.MIN_VALUE);

    CacheEntry {
        strings = Set.copyOf(strings);
    }

    boolean isExpired(long nowEpochSeconds) {
        return expiryEpochSeconds <= nowEpochSeconds;
    }

    CacheEntry with(Set<String> values) {
        var all = new LinkedHashSet<>(strings);
        all.addAll(values);
        return withStrings(all);
    }

    CacheEntry without(Set<String> values) {
        var rest = new LinkedHashSet<>(strings);
        rest.removeAll(values);
        return withStrings(rest);
    }

    CacheEntry withStrings(Set<String> values) {
        return new CacheEntry(values, counter, dictionary, expiryEpochSeconds);
    }

    CacheEntry withCounter(long value) {
        return new CacheEntry(strings, value, dictionary, expiryEpochSeconds);
    }

    CacheEntry withDictionary(String json) {
        return new CacheEntry(strings, counter, json, expiryEpochSeconds);
    }

    CacheEntry withExpiry(long epochSeconds) {
        return new CacheEntry(strings, counter, dictionary, epochSeconds);
    }
}
