package dev.caracal.rules;

import java.util.List;
import java.util.stream.Collectors;

/** Says why a rule is refused; the message has a line for each problem. */
public final class RuleException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<RuleProblem> problems;

    public RuleException(RuleProblem problem) {
        this(List.of(problem));
    }

    public RuleException(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<RuleProblem> problems() {
        return problems;
    }
}
