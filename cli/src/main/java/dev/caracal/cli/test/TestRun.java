package dev.caracal.cli.test;

import dev.caracal.cli.Console;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Tests rules, reports on them, and remembers which failed. */
final class TestRun {

    /** From here on it takes long enough to say how long. */
    private static final int MANY_RULES = 100;

    private final TestEngines engines;
    private final FailedRules failed;
    private final boolean failedFirst;
    private final Reports reports;
    private TestSummary summary = TestSummary.NOTHING;

    TestRun(TestEngines engines, FailedRules failed, boolean failedFirst, Reports reports) {
        this.engines = engines;
        this.failed = failed;
        this.failedFirst = failedFirst;
        this.reports = reports;
    }

    /**
     * @param rules of the pack, those to test
     * @param problems of files that are no rules or cannot be read
     * @param start when reading the files began, as {@link System#nanoTime} has it
     * @return whether all went well
     */
    boolean test(TestedPack pack, List<RuleSource> rules, List<RuleProblem> problems, long start)
            throws IOException, InterruptedException, ExecutionException {
        summary = TestSummary.NOTHING.plusErrors(problems.size());
        try (Reports.Open open = reports.open(rules.size())) {
            problems.forEach(problem -> open.forEach(report -> report.problem(problem)));
            engines.test(failedFirst ? failed.first(rules) : rules, run -> take(run, open));
            if (rules.size() > MANY_RULES || pack.hasMore()) {
                Duration time = Duration.ofNanos(System.nanoTime() - start);
                open.note(pack.surroundings() + "; " + time.toSeconds() + " s");
            }
            open.forEach(report -> report.end(summary));
            if (!open.hasText()) {
                console().err().println(summary);
            }
        }
        remember();
        return summary.isGood();
    }

    private void take(RuleRun run, Reports.Open open) {
        summary = summary.plus(run);
        failed.note(run);
        open.forEach(report -> report.rule(run));
    }

    /** The project's folder may be read-only. */
    private void remember() {
        try {
            failed.write();
        } catch (IOException e) {
            console().err().println("caracal: what failed is not remembered: " + e);
        }
    }

    private Console console() {
        return reports.console();
    }
}
