package dev.caracal.cli.test;

import dev.caracal.rules.RuleFailure;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleTestResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of one function of a rule, besides {@code rule}, in a test.
 *
 * @param ran whether it was called; that is so if {@code rule} gave True
 * @param output null if there is none: it did not run, it failed, or it left the choice to the YAML
 * @param failure null if it did not fail
 */
record FunctionRun(
        String name, boolean ran, @Nullable String output, @Nullable RuleFailure failure) {

    /** In the order in which they run. */
    private static final List<String> NAMES =
            List.of(
                    "title",
                    "description",
                    "reference",
                    "severity",
                    "runbook",
                    "destinations",
                    "dedup",
                    "unique",
                    "alert_context");

    private static final Pattern DEFINITION =
            Pattern.compile("^(?:def\\s+)?(\\w+)\\s*[(=]", Pattern.MULTILINE);

    /** Of the functions that the rule has, and of those for which its YAML fills in. */
    static List<FunctionRun> of(RuleSource rule, RuleTestResult result) {
        Map<String, String> outputs = new LinkedHashMap<>(result.outputs());
        Map<String, RuleFailure> failures = result.functionErrors();
        Set<String> present = new TreeSet<>(outputs.keySet());
        present.addAll(failures.keySet());
        DEFINITION
                .matcher(rule.python())
                .results()
                .map((MatchResult found) -> found.group(1))
                .forEach(present::add);
        return NAMES.stream()
                .filter(present::contains)
                .map(
                        name ->
                                new FunctionRun(
                                        name,
                                        result.matched(),
                                        outputs.get(name),
                                        failures.get(name)))
                .toList();
    }

    /** Whether the output is JSON: the others are text. */
    boolean isJson() {
        return name.equals("alert_context") || name.equals("destinations");
    }
}
