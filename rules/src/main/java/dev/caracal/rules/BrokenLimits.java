package dev.caracal.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts each rule's evaluations in a row that ran too long or took too much memory; after {@value
 * #MOST} the rule rests.
 */
final class BrokenLimits {

    private static final int MOST = 3;

    private final Map<String, Integer> counts = new HashMap<>();

    /** Counts one more; whether the rule rests from now on. */
    boolean add(String ruleId) {
        return counts.merge(ruleId, 1, Integer::sum) == MOST;
    }

    boolean rests(String ruleId) {
        return counts.getOrDefault(ruleId, 0) >= MOST;
    }

    /** The rule is another, or gone. */
    void forget(String ruleId) {
        counts.remove(ruleId);
    }

    /** Only these rules are left. */
    void retain(Set<String> ruleIds) {
        counts.keySet().retainAll(ruleIds);
    }

    /** No limit was broken this time: the rules that were asked begin anew, unless they rest. */
    void clear(Predicate<String> wasAsked) {
        if (!counts.isEmpty()) {
            counts.keySet().removeIf(ruleId -> !rests(ruleId) && wasAsked.test(ruleId));
        }
    }

    /** Says that a rule rests. */
    static RuleWarning warning(String ruleId, String path) {
        return new RuleWarning(
                RuleWarning.Reason.RESTS,
                path,
                "Rule "
                        + ruleId
                        + " ran too long or took too much memory "
                        + MOST
                        + " times in a row, and rests until it changes");
    }
}
