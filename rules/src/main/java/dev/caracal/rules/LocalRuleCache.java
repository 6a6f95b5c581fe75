package dev.caracal.rules;

import java.time.Clock;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A rule cache of this JVM: what the operations make of entries, wherever these are kept. */
abstract class LocalRuleCache implements RuleCache {

    private final Clock clock;

    LocalRuleCache(Clock clock) {
        this.clock = clock;
    }

    /** The entry as it is kept, be it expired or not. */
    abstract @Nullable CacheEntry kept(String key);

    /**
     * Keeps what a change makes of the entry as it is kept; nothing, if that is {@link
     * CacheEntry#NONE}. Atomic.
     *
     * @return what the change gave
     */
    abstract CacheEntry replace(String key, Change change);

    interface Change {
        CacheEntry of(@Nullable CacheEntry kept);
    }

    @Override
    public Set<String> strings(String key) {
        return living(kept(key)).strings();
    }

    @Override
    public void putStrings(String key, Set<String> values, long expiryEpochSeconds) {
        update(key, entry -> entry.withStrings(values).withExpiry(expiryEpochSeconds));
    }

    @Override
    public Set<String> addStrings(String key, Set<String> values, long expiryEpochSeconds) {
        return update(key, entry -> entry.with(values).withExpiry(expiryEpochSeconds)).strings();
    }

    @Override
    public Set<String> removeStrings(String key, Set<String> values) {
        return updateIfPresent(key, entry -> entry.without(values)).strings();
    }

    @Override
    public long counter(String key) {
        return living(kept(key)).counter();
    }

    @Override
    public long incrementCounter(String key, long amount, long expiryEpochSeconds) {
        return update(
                        key,
                        entry -> {
                            CacheEntry counted = entry.withCounter(entry.counter() + amount);
                            return entry == CacheEntry.NONE
                                    ? counted.withExpiry(expiryEpochSeconds)
                                    : counted;
                        })
                .counter();
    }

    @Override
    public String dictionary(String key) {
        return living(kept(key)).dictionary();
    }

    @Override
    public void putDictionary(String key, String json, long expiryEpochSeconds) {
        update(key, entry -> entry.withDictionary(json).withExpiry(expiryEpochSeconds));
    }

    @Override
    public void expire(String key, long expiryEpochSeconds) {
        updateIfPresent(key, entry -> entry.withExpiry(expiryEpochSeconds));
    }

    @Override
    public void remove(String key) {
        replace(key, kept -> CacheEntry.NONE);
    }

    private CacheEntry update(String key, UnaryOperator<CacheEntry> change) {
        return replace(key, kept -> change.apply(living(kept)));
    }

    private CacheEntry updateIfPresent(String key, UnaryOperator<CacheEntry> change) {
        return update(key, entry -> entry == CacheEntry.NONE ? entry : change.apply(entry));
    }

    private CacheEntry living(@Nullable CacheEntry kept) {
        return kept == null || kept.isExpired(now()) ? CacheEntry.NONE : kept;
    }

    final long now() {
        return clock.instant().getEpochSecond();
    }
}
