package dev.caracal.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs the tests embedded in rules. A rule under test is a module of its own: it does not touch the
 * rules that run in the same engine, not even the one with its id.
 */
public final class RuleTester {

    private final RuleEngine engine;
    private final Runnable pause;

    public RuleTester(RuleEngine engine) {
        this(engine, () -> {});
    }

    /**
     * @param pause is run after each step, of compiling a rule or running a test
     */
    public RuleTester(RuleEngine engine, Runnable pause) {
        this.engine = engine;
        this.pause = pause;
    }

    /**
     * Runs all tests of a rule, enabled or not.
     *
     * @throws RuleException if the rule cannot be read or compiled
     */
    public RuleTestReport test(RuleSource source) throws RuleException {
        LoadedRule rule = engine.compile(source);
        pause.run();
        var results = new ArrayList<RuleTestResult>();
        for (RuleTest test : rule.metadata().tests()) {
            results.add(RuleTestResult.of(test, engine.judge(rule, test)));
            pause.run();
        }
        return new RuleTestReport(rule.metadata(), results);
    }

    /**
     * Compiles a rule, and runs none of its tests.
     *
     * @throws RuleException if the rule cannot be read or compiled
     */
    public RuleMetadata compile(RuleSource source) throws RuleException {
        return engine.compile(source).metadata();
    }

    /**
     * Makes these the globals and data models that the rules under test use.
     *
     * @param basis as {@link RulePack#basis} has it
     */
    public LoadResult use(List<RuleSource> basis) {
        return engine.load(basis);
    }

    /**
     * Accepts a rule for running: it can be read, it compiles, and its tests pass.
     *
     * @throws RuleException with all reasons, each with its file and line
     */
    public RuleMetadata check(RuleSource source) throws RuleException {
        RuleTestReport report = test(source);
        List<RuleProblem> problems = report.problems();
        if (!problems.isEmpty()) {
            throw new RuleException(problems);
        }
        return report.rule();
    }
}
