package dev.caracal.rules.candidate;

/** The rule cache, called as caching.py calls it. */
public interface CacheCalls {

    /**
     * @param argument a set of text, a {@code Long} or text
     * @param expiry in epoch seconds
     * @return a set of text in its natural order, a {@code Long} or text
     * @throws RuntimeException if the cache does not answer
     */
    Object call(String operation, String key, Object argument, long expiry);
}
