package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.Event;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the rules of one log type of a rule pack against a loop of CPython, in one run, and
 * checks that both find the same.
 *
 * <p>{@code -Dcaracal.corpus=FOLDER} names the pack, such as a checkout of
 * github.com/panther-labs/panther-analysis. Figures are CPU time of one thread, the best round.
 */
class RuleBenchmark {

    private static final String LOG_TYPE = "AWS.CloudTrail";
    private static final int EVENTS = Integer.getInteger("caracal.benchmark.events", 20_000);
    private static final int ROUNDS = Integer.getInteger("caracal.benchmark.rounds", 40);
    private static final int PYTHON_ROUNDS = 3;

    @TempDir private Path folder;

    @Test
    void rulesOnEventsOfTheirTestsAndOnARealisticMix() throws Exception {
        RulePack pack = CorpusTest.corpus();
        List<RuleSource> rules = rules(pack);
        List<RuleMetadata> metadata = new ArrayList<>();
        var python = new StringBuilder();
        for (RuleSource rule : rules) {
            metadata.add(RuleReader.read(rule));
            python.append(rule.python());
        }
        pack.globals().forEach(source -> python.append(source.python()));
        var events = new BenchmarkEvents(LOG_TYPE, metadata, python.toString(), 42);
        boolean peer = PythonLoop.canRun();
        if (!peer) {
            System.out.println("No python3 on the path: Caracal is measured alone");
        }
        List<RuleSource> sources = new ArrayList<>(pack.basis());
        sources.addAll(rules);
        PythonLoop loop = PythonLoop.prepare(folder, pack, rules);
        System.out.printf("%d rules of %s%n", rules.size(), LOG_TYPE);
        PythonLoop other = peer ? loop : null;
        List<String> differences =
                new ArrayList<>(
                        compare("realistic mix", events.realistic(EVENTS, 0.95), sources, other));
        differences.addAll(compare("logs of tests", events.redrawn(EVENTS), sources, other));
        assertThat(differences).isEmpty();
    }

    /** What one of the two found and the other did not. */
    private static List<String> compare(
            String name, List<Event> events, List<RuleSource> sources, @Nullable PythonLoop loop)
            throws Exception {
        long bytes = events.stream().mapToLong(event -> event.json().length).sum();
        List<String> hits;
        double best;
        try (var engine = new RuleEngine()) {
            assertThat(engine.load(sources).problems()).isEmpty();
            hits = new ArrayList<>();
            best = round(engine, events, hits);
            for (int i = 1; i < ROUNDS; i++) {
                best = Math.min(best, round(engine, events, new ArrayList<>()));
            }
        }
        report(name, "Caracal", events.size(), bytes, hits.size(), best);
        if (loop == null) {
            return List.of();
        }
        PythonLoop.Result result = loop.run(events, PYTHON_ROUNDS);
        report(name, "CPython", events.size(), bytes, result.hits().size(), result.best());
        System.out.printf("%s: Caracal is %.2f times as fast%n", name, result.best() / best);
        List<String> differences = new ArrayList<>();
        for (String hit : result.hits()) {
            if (!hits.remove(hit)) {
                differences.add(name + ": only CPython has " + hit);
            }
        }
        hits.forEach(hit -> differences.add(name + ": only Caracal has " + hit));
        return differences;
    }

    private static double round(RuleEngine engine, List<Event> events, List<String> hits) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < events.size(); i++) {
            for (Match match : engine.evaluate(events.get(i))) {
                hits.add(i + " " + match.ruleId() + (match.error() ? " error" : ""));
            }
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static void report(
            String name, String who, int events, long bytes, int hits, double seconds) {
        System.out.printf(
                "%s, %s: %.2f s for %d events, %,.0f events/s, %.1f MB/s, %d hits%n",
                name, who, seconds, events, events / seconds, bytes / seconds / 1e6, hits);
    }

    /** All that have Python for the log type, enabled or not. */
    private static List<RuleSource> rules(RulePack pack) throws RuleException {
        List<RuleSource> rules = new ArrayList<>();
        for (RuleSource source : pack.rules()) {
            RuleSource enabled =
                    new RuleSource(
                            source.path(),
                            source.yaml().replace("Enabled: false", "Enabled: true"),
                            source.python());
            RuleDefinition rule = RuleReader.definition(enabled);
            if (!source.isDerived()
                    && rule.hasPython()
                    && rule.metadata().type() == AnalysisType.RULE
                    && rule.metadata().logTypes().contains(LOG_TYPE)) {
                rules.add(enabled);
            }
        }
        Assumptions.assumeFalse(rules.isEmpty(), "The pack has no rules for " + LOG_TYPE);
        return rules;
    }
}
