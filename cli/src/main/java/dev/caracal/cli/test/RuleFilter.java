package dev.caracal.cli.test;

import dev.caracal.rules.RuleMetadata;
import dev.caracal.rules.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which rules are wanted: of each list that is not empty, one value has to fit, whatever its case.
 */
record RuleFilter(
        Set<String> ruleIds, Set<String> logTypes, Set<String> tags, Set<Severity> severities) {

    RuleFilter {
        ruleIds = caseless(ruleIds);
        logTypes = caseless(logTypes);
        tags = caseless(tags);
        severities = Set.copyOf(severities);
    }

    private static Set<String> caseless(Collection<String> values) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(values);
        return set;
    }

    boolean isOpen() {
        return ruleIds.isEmpty() && logTypes.isEmpty() && tags.isEmpty() && severities.isEmpty();
    }

    boolean accepts(RuleMetadata rule) {
        return fits(ruleIds, List.of(rule.ruleId()))
                && fits(logTypes, rule.logTypes())
                && fits(tags, rule.tags())
                && fits(severities, List.of(rule.severity()));
    }

    private static <T> boolean fits(Set<T> wanted, List<T> values) {
        return wanted.isEmpty() || values.stream().anyMatch(wanted::contains);
    }
}
