package dev.caracal.rules;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one test ended.
 *
 * @param matched whether rule() returned True
 * @param error present if rule() failed
 * @param outputs of the rule's other functions, by name; they run only on a match
 * @param functionErrors failures of the rule's other functions, by name
 */
public record RuleTestResult(
        RuleTest test,
        boolean matched,
        Optional<RuleFailure> error,
        Map<String, String> outputs,
        Map<String, RuleFailure> functionErrors) {

    public RuleTestResult {
        outputs = Map.copyOf(outputs);
        functionErrors = Map.copyOf(functionErrors);
    }

    static RuleTestResult of(RuleTest test, Optional<RuleOutcome> outcome) {
        return outcome.map(
                        found ->
                                new RuleTestResult(
                                        test,
                                        found.error().isEmpty(),
                                        found.error(),
                                        found.outputs(),
                                        found.errors()))
                .orElseGet(
                        () ->
                                new RuleTestResult(
                                        test, false, Optional.empty(), Map.of(), Map.of()));
    }

    public boolean passed() {
        return error.isEmpty() && functionErrors.isEmpty() && matched == test.expectedResult();
    }

    /** In a line, what was expected and what came instead. */
    public String reason() {
        String what = "test '" + test.name() + "': ";
        if (error.isPresent()) {
            return what + "rule() raised " + in(error.get());
        }
        if (matched != test.expectedResult()) {
            return what + "expected " + test.expectedResult() + ", got " + matched;
        }
        var failures = new TreeMap<String, RuleFailure>(functionErrors);
        if (failures.isEmpty()) {
            return what + "passed";
        }
        var first = failures.firstEntry();
        return what + first.getKey() + "() raised " + in(first.getValue());
    }

    private static String in(RuleFailure failure) {
        return failure.trace().isEmpty()
                ? failure.text()
                : failure.text() + " at " + failure.trace().get(failure.trace().size() - 1);
    }
}
