package dev.caracal.rules;

import java.util.Objects;

/**
 * A test embedded in a rule's YAML.
 *
 * @param line of the test in the YAML file
 * @param logType the test's own, else the log's {@code p_log_type}, else the rule's first
 * @param log the event, a JSON object
 * @param mocks a JSON object: from the name of an attribute of the rule's module to the value that
 *     it returns, or has if it is not callable
 */
public record RuleTest(
        String name, int line, boolean expectedResult, String logType, String log, String mocks) {

    public RuleTest {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(logType, "logType is null");
        Objects.requireNonNull(log, "log is null");
        Objects.requireNonNull(mocks, "mocks is null");
    }
}
