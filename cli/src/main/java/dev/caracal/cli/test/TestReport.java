package dev.caracal.cli.test;

import dev.caracal.rules.RuleProblem;

/** A form in which the results of a run are written, as they come. */
interface TestReport {

    /** Of a file that is no rule or cannot be read, so that it has no run. */
    void problem(RuleProblem problem);

    void rule(RuleRun run);

    void end(TestSummary summary);
}
