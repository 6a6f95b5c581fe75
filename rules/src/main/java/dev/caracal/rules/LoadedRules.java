package dev.caracal.rules;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an engine: all of them by id, and those that run by log type. A rule that is not
 * enabled, or has broken its limits too often, does not run.
 *
 * <p>What is added or replaced runs after {@link #arrange}.
 */
final class LoadedRules {

    private final RulesByLogType running;
    private final Map<String, LoadedRule> byId = new LinkedHashMap<>();
    private final BrokenLimits brokenLimits = new BrokenLimits();

    LoadedRules(RulesByLogType running) {
        this.running = running;
    }

    Collection<LoadedRule> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }

    @Nullable LoadedRule find(String ruleId) {
        return byId.get(ruleId);
    }

    /** Null if no rule runs for the log type. */
    @Nullable LogTypeRules running(String logType) {
        return running.find(logType);
    }

    /** Takes the place of a rule with its id, of which nothing is remembered. */
    void add(LoadedRule rule) {
        String ruleId = rule.metadata().ruleId();
        byId.put(ruleId, rule);
        forget(ruleId);
    }

    /** The same rule in a new module. */
    void replaceModule(LoadedRule rule) {
        byId.put(rule.metadata().ruleId(), rule);
    }

    void remove(String ruleId) {
        byId.remove(ruleId);
        forget(ruleId);
    }

    private void forget(String ruleId) {
        running.forget(ruleId);
        brokenLimits.forget(ruleId);
    }

    /** Only these rules are left. */
    void retain(Set<String> ruleIds) {
        byId.keySet().retainAll(ruleIds);
        running.retain(ruleIds);
        brokenLimits.retain(ruleIds);
    }

    void forgetDataModels() {
        running.forgetDataModels();
    }

    void arrange() {
        running.use(
                byId.values().stream()
                        .filter(rule -> rule.metadata().type() == AnalysisType.RULE)
                        .filter(rule -> rule.metadata().enabled())
                        .filter(rule -> !brokenLimits.rests(rule.metadata().ruleId()))
                        .toList());
    }

    /** Counts that a rule broke a limit; what to say if it rests from now on. */
    Optional<RuleWarning> countBroken(String ruleId) {
        if (!brokenLimits.add(ruleId)) {
            return Optional.empty();
        }
        arrange();
        LoadedRule rule = byId.get(ruleId);
        return Optional.of(BrokenLimits.warning(ruleId, rule == null ? "" : rule.source().path()));
    }

    /** The rules that were asked kept to their limits. */
    void countKept(Predicate<String> wasAsked) {
        brokenLimits.clear(wasAsked);
    }
}
