package dev.caracal.rules;

import java.util.Objects;

/**
 * What keeps a rule from being accepted, and where.
 *
 * @param path of the YAML or Python file, as in the rule pack
 * @param line counted from 1; 0 if the problem is with the file as a whole
 * @param reason what is wrong and what was expected
 */
public record RuleProblem(String path, int line, String reason) {

    public RuleProblem {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(reason, "reason is null");
    }

    /** In the form {@code path:line: reason}. */
    @Override
    public String toString() {
        return line == 0 ? path + ": " + reason : path + ":" + line + ": " + reason;
    }
}
