package dev.caracal.cli.test;

import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleTestReport;
import dev.caracal.rules.RuleTestResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one rule fared.
 *
 * @param report empty if the rule cannot be read or compiled
 * @param problems then, why
 */
record RuleRun(
        RuleSource source,
        Optional<RuleTestReport> report,
        List<RuleProblem> problems,
        Duration time) {

    RuleRun {
        problems = List.copyOf(problems);
    }

    List<RuleTestResult> results() {
        return report.map(RuleTestReport::results).orElse(List.of());
    }

    /** The rule's id, or the path of its file if that cannot be read. */
    String name() {
        return report.map(found -> found.rule().ruleId()).orElse(source.path());
    }

    int passed() {
        return (int) results().stream().filter(RuleTestResult::passed).count();
    }

    int failed() {
        return results().size() - passed();
    }

    boolean isGood() {
        return problems.isEmpty() && failed() == 0;
    }
}
