package dev.caracal.rules;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What evaluations in Python have cost, by rule.
 *
 * <p>Rules are asked together, and the clock is read once for them all. Their time is shared out by
 * what each took of late: rules that are now asked with these and now with those are told apart,
 * those that are always asked together are not. One thread adds; a {@link Cost} may be read by any.
 */
public final class RuleCosts {

    /** How far one evaluation moves what a rule is held to take. */
    private static final double WEIGHT = 1.0 / 64;

    private final AtomicLong events = new AtomicLong();
    private final Cost total = new Cost();
    private final Map<String, Cost> byRule = new HashMap<>();

    /** What one rule, or all of them, have cost. */
    public static final class Cost {

        private final AtomicLong evaluations = new AtomicLong();
        private final AtomicLong nanos = new AtomicLong();

        /** Nanoseconds per evaluation of late; 0 before the first. */
        private double expected;

        private Cost() {}

        public long evaluations() {
            return evaluations.get();
        }

        public long nanos() {
            return nanos.get();
        }

        private void add(long count, long spent) {
            evaluations.addAndGet(count);
            nanos.addAndGet(spent);
        }

        /** Its share of the time that several took together. */
        private void addShare(double share) {
            add(1, (long) share);
            expected = Math.max(1, expected + WEIGHT * (share - expected));
        }
    }

    /** The events for which Python was asked at all. */
    public long events() {
        return events.get();
    }

    /** What all rules together have cost. */
    public Cost total() {
        return total;
    }

    /** What a rule has cost; nothing if Python was never asked for it. */
    public Cost of(String ruleId) {
        return byRule.computeIfAbsent(ruleId, key -> new Cost());
    }

    /** The ids of the rules that took most of the time, the first of all first. */
    public List<String> costliest(int limit) {
        return byRule.entrySet().stream()
                .sorted(
                        Comparator.comparingLong(
                                        (Map.Entry<String, Cost> entry) -> entry.getValue().nanos())
                                .reversed())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One event was judged by these rules, in so much time together. */
    void add(List<String> ruleIds, long nanos) {
        events.incrementAndGet();
        total.add(ruleIds.size(), nanos);
        double expected = 0;
        for (String ruleId : ruleIds) {
            Cost cost = of(ruleId);
            if (cost.expected == 0) {
                cost.expected = Math.max(1, (double) nanos / ruleIds.size());
            }
            expected += cost.expected;
        }
        for (String ruleId : ruleIds) {
            Cost cost = of(ruleId);
            cost.addShare(nanos * cost.expected / expected);
        }
    }
}
