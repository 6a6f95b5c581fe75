package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Runs all tests of a checkout of github.com/panther-labs/panther-analysis, which is no part of
 * this project: {@code -Dcaracal.corpus=FOLDER} or the environment's {@code CARACAL_CORPUS}.
 */
class CorpusTest {

    @Test
    void everyRuleOfTheCorpusLoadsAndPassesItsTests() {
        RulePack pack = corpus();
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

    /**
     * Every test's log, and as many with values redrawn, by all rules of its log type, in one
     * engine each, as rules keep state.
     */
    @Test
    void theCandidateIndexMakesNoDifference() throws RuleException {
        RulePack pack = corpus();
        List<Event> events = new ArrayList<>();
        Map<String, List<RuleMetadata>> rules = new TreeMap<>();
        for (RuleSource source : pack.rules()) {
            RuleMetadata rule = RuleReader.read(source);
            for (String logType : rule.logTypes()) {
                rules.computeIfAbsent(logType, key -> new ArrayList<>()).add(rule);
                for (RuleTest test : rule.tests()) {
                    if (BenchmarkEvents.canBe(logType, test.log())) {
                        events.add(Rules.event(logType, test.log()));
                    }
                }
            }
        }
        for (Map.Entry<String, List<RuleMetadata>> ofType : rules.entrySet()) {
            var redrawn = new BenchmarkEvents(ofType.getKey(), ofType.getValue(), "", 7);
            events.addAll(redrawn.redrawn(redrawn.size()));
        }
        List<String> differences = new ArrayList<>();
        int matches = 0;
        long indexed = 0;
        long all = 0;
        try (var with = new RuleEngine();
                var without = new RuleEngine()) {
            with.load(pack.sources());
            without.load(pack.sources());
            for (Event event : events) {
                long start = System.nanoTime();
                List<String> found = summaries(with.evaluate(event));
                long middle = System.nanoTime();
                List<String> expected = summaries(without.evaluateAll(event));
                indexed += middle - start;
                all += System.nanoTime() - middle;
                matches += expected.size();
                if (!found.equals(expected)) {
                    differences.add(event.logType() + ": " + found + ", not " + expected);
                }
            }
        }
        System.out.printf(
                "%d events, %d matches and errors; %d ms with the index, %d ms without%n",
                events.size(), matches, indexed / 1_000_000, all / 1_000_000);
        assertThat(differences).isEmpty();
        assertThat(matches).isPositive();
    }

    private static List<String> summaries(List<Match> matches) {
        return matches.stream()
                .map(
                        match ->
                                String.join(
                                        "|",
                                        match.ruleId(),
                                        match.error() ? "error" : "match",
                                        match.severity().name(),
                                        match.title(),
                                        match.dedup(),
                                        match.description(),
                                        match.runbook(),
                                        match.reference(),
                                        String.valueOf(match.destinations()),
                                        match.alertContext()))
                .toList();
    }

    static RulePack corpus() {
        String folder = System.getProperty("caracal.corpus", System.getenv("CARACAL_CORPUS"));
        if (folder == null) {
            System.out.println(
                    "CorpusTest is skipped: caracal.corpus names no checkout of panther-analysis");
        }
        Assumptions.assumeTrue(folder != null, "caracal.corpus is not set");
        return RulePack.load(PackFiles.read(Path.of(folder)));
    }
}
