package dev.caracal.rules;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A rule cache in this JVM's memory, gone with it. The entries least lately used make room. */
public final class InMemoryRuleCache implements RuleCache {

    private static final int MAX_ENTRIES = 100_000;

    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    public InMemoryRuleCache() {
        this(Clock.systemUTC());
    }

    InMemoryRuleCache(Clock clock) {
        this.clock = clock;
    }

    private record Entry(
            Set<String> strings, long counter, String dictionary, long expiryEpochSeconds) {

        static final Entry NONE = new Entry(Set.of(), 0, "{}", Long.MAX_VALUE);

        Entry withStrings(Set<String> values) {
            return new Entry(values, counter, dictionary, expiryEpochSeconds);
        }

        Entry withCounter(long value) {
            return new Entry(strings, value, dictionary, expiryEpochSeconds);
        }

        Entry withDictionary(String json) {
            return new Entry(strings, counter, json, expiryEpochSeconds);
        }

        Entry withExpiry(long epochSeconds) {
            return new Entry(strings, counter, dictionary, epochSeconds);
        }
    }

    @Override
    public Set<String> strings(String key) {
        return get(key).strings();
    }

    @Override
    public void putStrings(String key, Set<String> values, long expiryEpochSeconds) {
        Set<String> copy = Set.copyOf(values);
        update(key, entry -> entry.withStrings(copy).withExpiry(expiryEpochSeconds));
    }

    @Override
    public Set<String> addStrings(String key, Set<String> values, long expiryEpochSeconds) {
        return update(
                        key,
                        entry -> {
                            var all = new LinkedHashSet<>(entry.strings());
                            all.addAll(values);
                            return entry.withStrings(all).withExpiry(expiryEpochSeconds);
                        })
                .strings();
    }

    @Override
    public Set<String> removeStrings(String key, Set<String> values) {
        return update(
                        key,
                        entry -> {
                            var rest = new LinkedHashSet<>(entry.strings());
                            rest.removeAll(values);
                            return entry.withStrings(rest);
                        })
                .strings();
    }

    @Override
    public long counter(String key) {
        return get(key).counter();
    }

    @Override
    public long incrementCounter(String key, long amount, long expiryEpochSeconds) {
        return update(
                        key,
                        entry -> {
                            Entry counted = entry.withCounter(entry.counter() + amount);
                            return entry == Entry.NONE
                                    ? counted.withExpiry(expiryEpochSeconds)
                                    : counted;
                        })
                .counter();
    }

    @Override
    public String dictionary(String key) {
        return get(key).dictionary();
    }

    @Override
    public void putDictionary(String key, String json, long expiryEpochSeconds) {
        update(key, entry -> entry.withDictionary(json).withExpiry(expiryEpochSeconds));
    }

    @Override
    public synchronized void expire(String key, long expiryEpochSeconds) {
        entries.computeIfPresent(key, (same, entry) -> entry.withExpiry(expiryEpochSeconds));
    }

    @Override
    public synchronized void remove(String key) {
        entries.remove(key);
    }

    private synchronized Entry get(String key) {
        return living(entries.get(key));
    }

    private synchronized Entry update(String key, UnaryOperator<Entry> change) {
        Entry changed = change.apply(living(entries.get(key)));
        entries.put(key, changed);
        if (entries.size() > MAX_ENTRIES) {
            entries.remove(entries.keySet().iterator().next());
        }
        return changed;
    }

    private Entry living(@Nullable Entry entry) {
        long now = clock.instant().getEpochSecond();
        return entry == null || entry.expiryEpochSeconds() <= now ? Entry.NONE : entry;
    }
}
