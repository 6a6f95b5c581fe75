package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Runs all tests of a checkout of github.com/panther-labs/panther-analysis, which is no part of
 * this project: {@code -Dcaracal.corpus=FOLDER} or the environment's {@code CARACAL_CORPUS}.
 */
class CorpusTest {

    @Test
    void everyRuleOfTheCorpusLoadsAndPassesItsTests() {
        String folder = System.getProperty("caracal.corpus", System.getenv("CARACAL_CORPUS"));
        if (folder == null) {
            System.out.println(
                    "CorpusTest is skipped: caracal.corpus names no checkout of panther-analysis");
        }
        Assumptions.assumeTrue(folder != null, "caracal.corpus is not set");

        RulePack pack = RulePack.load(PackFiles.read(Path.of(folder)));
        List<String> failures = new ArrayList<>();
        pack.problems().forEach(problem -> failures.add(problem.toString()));
        int tests = 0;
        long start = System.nanoTime();
        try (var engine = new RuleEngine()) {
            engine.load(pack.basis()).problems().forEach(problem -> failures.add("" + problem));
            var tester = new RuleTester(engine);
            for (RuleSource source : pack.rules()) {
                try {
                    RuleTestReport report = tester.test(source);
                    tests += report.results().size();
                    report.problems().forEach(problem -> failures.add(problem.toString()));
                } catch (RuleException e) {
                    failures.add(e.getMessage());
                }
            }
        }
        System.out.printf(
                "%d globals, %d data models, %d rules, %d tests, %d failures in %d s; not run: %s%n",
                pack.globals().size(),
                pack.dataModels().size(),
                pack.rules().size(),
                tests,
                failures.size(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                pack.notRun());
        assertThat(failures).isEmpty();
        assertThat(tests).isPositive();
    }
}
