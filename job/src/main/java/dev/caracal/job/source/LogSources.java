package dev.caracal.job.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All log sources, indexed so that an object finds its own: the longest matching prefix over all
 * sources of the bucket wins. Immutable.
 */
public final class LogSources {

    private final Map<String, List<Entry>> entriesByBucket = new HashMap<>();
    private final Set<String> accountIds = new HashSet<>();

    /**
     * A log source and the one of its prefixes under which an object lies.
     *
     * @param excluded whether one of the source's excluded prefixes matches too
     */
    public record Found(LogSource source, PrefixLogTypes prefixLogTypes, boolean excluded) {}

    private record Entry(LogSource source, PrefixLogTypes prefixLogTypes) {}

    public LogSources(Collection<LogSource> sources) {
        for (LogSource source : sources) {
            accountIds.add(source.accountId());
            for (PrefixLogTypes prefixLogTypes : source.prefixLogTypes()) {
                entriesByBucket
                        .computeIfAbsent(source.bucket(), bucket -> new ArrayList<>())
                        .add(new Entry(source, prefixLogTypes));
            }
        }
        Comparator<Entry> longestFirst =
                Comparator.comparingInt(entry -> -entry.prefixLogTypes().prefix().length());
        entriesByBucket.values().forEach(entries -> entries.sort(longestFirst));
    }

    /** The entry with the longest prefix of the key; empty if the bucket has none. */
    public Optional<Found> find(String bucket, String key) {
        for (Entry entry : entriesByBucket.getOrDefault(bucket, List.of())) {
            if (key.startsWith(entry.prefixLogTypes().prefix())) {
                boolean excluded =
                        entry.source().excludedPrefixes().stream().anyMatch(key::startsWith);
                return Optional.of(new Found(entry.source(), entry.prefixLogTypes(), excluded));
            }
        }
        return Optional.empty();
    }

    /** Whether some log source belongs to the account. */
    public boolean hasAccount(String accountId) {
        return accountIds.contains(accountId);
    }
}
