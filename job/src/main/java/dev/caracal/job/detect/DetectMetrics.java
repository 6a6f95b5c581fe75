package dev.caracal.job.detect;

import dev.caracal.rules.Match;
import dev.caracal.rules.RuleCosts;
import dev.caracal.rules.RuleCosts.Cost;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What one task of {@link DetectFunction} counts.
 *
 * <p>Of the time in Python only the costliest rules tell: the first ten at each look are added to
 * those of the looks before, up to a limit. Flink cannot take a metric away again.
 */
final class DetectMetrics {

    /** Rules whose time is told, over the life of the task. */
    static final int MAX_COSTLY_RULES = 100;

    /** Rules whose matches are told apart; those of the others count for {@value #OTHER_RULES}. */
    static final int MAX_MATCHING_RULES = 1_000;

    static final String OTHER_RULES = "other";

    private static final int COSTLIEST = 10;

    /** Of time in Python: the looks come at 1 s, 2 s, 4 s and so on, and then at each minute. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final MetricGroup group;
    private final RuleCosts costs;
    private final Counter evaluated;
    private final Counter reloads;
    private final Map<String, Counter> matchesByRule = new HashMap<>();
    private final Map<String, Counter> errorsByRule = new HashMap<>();
    private final Map<String, Counter> deadLettersByReason = new HashMap<>();
    private final Set<String> costly = new HashSet<>();
    private long nextLookNanos = FIRST_LOOK.toNanos();
    private volatile long ruleSetVersion;
    private volatile long loadedAtMillis;
    private volatile long loadMillis;

    DetectMetrics(MetricGroup group, RuleCosts costs) {
        this.group = group;
        this.costs = costs;
        evaluated = group.counter("evaluatedEvents");
        reloads = group.counter("ruleReloads");
        gauge("ruleSetVersion", () -> ruleSetVersion);
        gauge("ruleSetAgeMillis", this::ruleSetAge);
        gauge("ruleLoadMillis", () -> loadMillis);
        gauge("pythonContexts", () -> (long) RuleEngine.openContexts());
        gauge("pythonEvents", costs::events);
        gauge("pythonEvaluations", costs.total()::evaluations);
        gauge("pythonMillis", () -> millis(costs.total()));
    }

    private void gauge(String name, Gauge<Long> gauge) {
        group.gauge(name, gauge);
    }

    private long ruleSetAge() {
        return loadedAtMillis == 0 ? 0 : System.currentTimeMillis() - loadedAtMillis;
    }

    private static long millis(Cost cost) {
        return Duration.ofNanos(cost.nanos()).toMillis();
    }

    /** An event has been judged. */
    void evaluated() {
        evaluated.inc();
        if (costs.total().nanos() >= nextLookNanos) {
            nextLookNanos += Math.min(costs.total().nanos(), LONGEST_BETWEEN_LOOKS.toNanos());
            costs.costliest(COSTLIEST).forEach(this::tellCost);
        }
    }

    private void tellCost(String ruleId) {
        if (costly.size() >= MAX_COSTLY_RULES || !costly.add(ruleId)) {
            return;
        }
        Cost cost = costs.of(ruleId);
        MetricGroup rule = group.addGroup("rule", ruleId);
        rule.gauge("pythonEvaluations", (Gauge<Long>) cost::evaluations);
        rule.gauge("pythonMillis", (Gauge<Long>) () -> millis(cost));
    }

    void match(Match match) {
        Map<String, Counter> counters = match.error() ? errorsByRule : matchesByRule;
        Counter counter = counters.get(match.ruleId());
        if (counter == null) {
            String ruleId = counters.size() < MAX_MATCHING_RULES ? match.ruleId() : OTHER_RULES;
            counter =
                    counters.computeIfAbsent(
                            ruleId,
                            key ->
                                    group.addGroup("rule", key)
                                            .counter(match.error() ? "ruleErrors" : "matches"));
        }
        counter.inc();
    }

    void deadLetter(String reason) {
        deadLettersByReason
                .computeIfAbsent(
                        reason, key -> group.addGroup("reason", key).counter("deadLetters"))
                .inc();
    }

    /** These rules are in force now, which took so long. */
    void reloaded(List<RuleSource> rules, Duration duration) {
        reloads.inc();
        ruleSetVersion = version(rules);
        loadMillis = duration.toMillis();
        loadedAtMillis = System.currentTimeMillis();
    }

    /** A number that is the same for the same files, whatever their order. */
    static long version(List<RuleSource> rules) {
        CRC32 checksum = new CRC32();
        rules.stream()
                .sorted(Comparator.comparing(RuleSource::path))
                .forEach(
                        rule -> {
                            add(checksum, rule.path());
                            add(checksum, rule.yaml());
                            add(checksum, rule.python());
                            add(checksum, rule.baseYaml());
                        });
        return checksum.getValue();
    }

    private static void add(CRC32 checksum, String text) {
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        checksum.update(0);
    }
}
