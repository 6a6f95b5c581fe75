package dev.caracal.rules;

import java.util.Set;

/**
 * What rules remember between events, by key: a string set, a counter and a dictionary. Behind
 * {@code panther_detection_helpers.caching}.
 *
 * <p>Entries are forgotten at their expiry, in seconds since the epoch. Every operation is atomic,
 * and may be called from several threads. Each throws {@link RuleCacheException} if the cache
 * cannot be reached.
 */
public interface RuleCache extends AutoCloseable {

    /** Empty if there is none. */
    Set<String> strings(String key);

    void putStrings(String key, Set<String> values, long expiryEpochSeconds);

    /**
     * @return the set with the values
     */
    Set<String> addStrings(String key, Set<String> values, long expiryEpochSeconds);

    /**
     * @return the set without the values
     */
    Set<String> removeStrings(String key, Set<String> values);

    /** 0 if there is none. */
    long counter(String key);

    /**
     * @param expiryEpochSeconds of an entry that is not there yet; another one keeps its own
     * @return the new value
     */
    long incrementCounter(String key, long amount, long expiryEpochSeconds);

    /** A JSON object; {@code {}} if there is none. */
    String dictionary(String key);

    /**
     * @param json a JSON object
     */
    void putDictionary(String key, String json, long expiryEpochSeconds);

    /** Does nothing if there is no entry. */
    void expire(String key, long expiryEpochSeconds);

    void remove(String key);

    @Override
    void close();
}
