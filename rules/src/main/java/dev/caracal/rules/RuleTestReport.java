package dev.caracal.rules;

import java.util.List;

/** How a rule fared in its own tests. */
public record RuleTestReport(RuleMetadata rule, List<RuleTestResult> results) {

    public RuleTestReport {
        results = List.copyOf(results);
    }

    public boolean passed() {
        return results.stream().allMatch(RuleTestResult::passed);
    }

    /** One for each failed test, at its line of the YAML file. */
    List<RuleProblem> problems() {
        return results.stream()
                .filter(result -> !result.passed())
                .map(result -> new RuleProblem(rule.path(), result.test().line(), result.reason()))
                .toList();
    }
}
