package dev.caracal.rules;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule cache in memory, gone with its engine: for tests of rules. The entries least lately used
 * make room.
 */
public final class InMemoryRuleCache extends LocalRuleCache {

    private static final int MAX_ENTRIES = 100_000;

    private final Map<String, CacheEntry> entries = new LinkedHashMap<>(16, 0.75f, true);

    public InMemoryRuleCache() {
        this(Clock.systemUTC());
    }

    InMemoryRuleCache(Clock clock) {
        super(clock);
    }

    @Override
    synchronized @Nullable CacheEntry kept(String key) {
        return entries.get(key);
    }

    @Override
    synchronized CacheEntry replace(String key, Change change) {
        CacheEntry changed = change.of(entries.get(key));
        if (changed == CacheEntry.NONE) {
            entries.remove(key);
            return changed;
        }
        entries.put(key, changed);
        if (entries.size() > MAX_ENTRIES) {
            entries.remove(entries.keySet().iterator().next());
        }
        return changed;
    }

    @Override
    public void close() {}
}
