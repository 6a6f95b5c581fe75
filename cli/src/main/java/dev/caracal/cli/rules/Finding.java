package dev.caracal.cli.rules;

import dev.caracal.rules.RuleProblem;
import java.util.Comparator;
import java.util.Objects;

/**
 * Something that a check found.
 *
 * @param isError it keeps a rule from running; otherwise the rule likely does not do what is meant
 */
record Finding(RuleProblem problem, boolean isError) {

    /** By file and line. */
    static final Comparator<Finding> IN_ORDER =
            Comparator.comparing((Finding finding) -> finding.problem().path())
                    .thenComparing(finding -> finding.problem().line())
                    .thenComparing(finding -> finding.problem().reason());

    Finding {
        Objects.requireNonNull(problem, "problem is null");
    }

    static Finding error(RuleProblem problem) {
        return new Finding(problem, true);
    }

    static Finding warning(String path, int line, String reason) {
        return new Finding(new RuleProblem(path, line, reason), false);
    }

    /** In the form {@code path:line: error: reason}, as compilers have it. */
    @Override
    public String toString() {
        String place = problem.path() + (problem.line() == 0 ? "" : ":" + problem.line());
        return place + (isError ? ": error: " : ": warning: ") + problem.reason();
    }
}
