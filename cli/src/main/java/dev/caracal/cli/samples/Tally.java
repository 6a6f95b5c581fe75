package dev.caracal.cli.samples;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of what comes out of logs.
 *
 * @param events by log type
 * @param deadLetters by {@code stage/reason}
 * @param alerts by rule id
 */
public record Tally(
        SortedMap<String, Long> events,
        SortedMap<String, Long> deadLetters,
        SortedMap<String, Long> alerts) {

    public static final Tally NOTHING = new Tally(Map.of(), Map.of(), Map.of());

    public Tally {
        events = Collections.unmodifiableSortedMap(new TreeMap<>(events));
        deadLetters = Collections.unmodifiableSortedMap(new TreeMap<>(deadLetters));
        alerts = Collections.unmodifiableSortedMap(new TreeMap<>(alerts));
    }

    private Tally(
            Map<String, Long> events, Map<String, Long> deadLetters, Map<String, Long> alerts) {
        this(new TreeMap<>(events), new TreeMap<>(deadLetters), new TreeMap<>(alerts));
    }

    public static Tally ofEvents(String logType, long count) {
        return new Tally(Map.of(logType, count), Map.of(), Map.of());
    }

    public static Tally ofDeadLetters(String stageAndReason, long count) {
        return new Tally(Map.of(), Map.of(stageAndReason, count), Map.of());
    }

    public static Tally ofAlerts(String ruleId, long count) {
        return new Tally(Map.of(), Map.of(), Map.of(ruleId, count));
    }

    /** The alerts alone. */
    public Tally onlyAlerts() {
        return new Tally(Map.of(), Map.of(), alerts);
    }

    public Tally plus(Tally other) {
        return new Tally(
                sum(events, other.events),
                sum(deadLetters, other.deadLetters),
                sum(alerts, other.alerts));
    }

    /** Whether every count is at least that of the other. */
    public boolean covers(Tally other) {
        return covers(events, other.events)
                && covers(deadLetters, other.deadLetters)
                && covers(alerts, other.alerts);
    }

    private static boolean covers(Map<String, Long> counts, Map<String, Long> least) {
        return least.entrySet().stream()
                .allMatch(entry -> counts.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
    }

    private static SortedMap<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        SortedMap<String, Long> sum = new TreeMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }
}
