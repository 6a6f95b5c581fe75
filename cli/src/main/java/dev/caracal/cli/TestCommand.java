package dev.caracal.cli;

import dev.caracal.rules.AnalysisType;
import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.PackLookupTables;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleTestReport;
import dev.caracal.rules.RuleTestResult;
import dev.caracal.rules.RuleTester;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests that are embedded in rules. */
@Command(
        name = "test",
        description = {
            "Run the tests embedded in rules, and name those that do not pass.",
            "A rule is a YAML file in Panther's format, with its Python file beside it if it has"
                    + " one."
        })
final class TestCommand implements Callable<Integer> {

    /** From here on it takes long enough to say how far it is, and for a second engine. */
    private static final int MANY_RULES = 100;

    private final Console console;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "A folder of rules, a zip file of one, or the YAML file of one rule (default: the"
                            + " built-in rules).")
    private List<Path> paths = List.of();

    @Option(names = "--verbose", description = "Name the tests that pass, too.")
    private boolean verbose;

    private final List<RuleSource> basis = new ArrayList<>();
    private final List<RuleSource> sources = new ArrayList<>();
    private final List<RuleSource> lookupSources = new ArrayList<>();
    private final Map<AnalysisType, Integer> notRun = new TreeMap<>();
    private PackLookupTables lookupTables = PackLookupTables.load(List.of());
    private int rules;
    private int passed;
    private int failed;
    private int errors;

    TestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        if (paths.isEmpty()) {
            sources.addAll(BuiltinRules.sources());
        }
        for (Path path : paths) {
            read(path);
        }
        if (sources.isEmpty() && basis.isEmpty() && errors == 0) {
            throw new WrongUsageException("there is no rule in " + paths);
        }
        lookupTables = PackLookupTables.load(lookupSources);
        lookupTables.problems().forEach(this::error);
        testAll();
        if (sources.size() > MANY_RULES || !notRun.isEmpty() || !lookupSources.isEmpty()) {
            console.out().println(surroundings(Duration.ofNanos(System.nanoTime() - start)));
        }
        console.out()
                .printf(
                        "%d rules, %d tests: %d passed, %d failed, %d errors%n",
                        rules, passed + failed, passed, failed, errors);
        return failed + errors == 0 ? 0 : 1;
    }

    private void read(Path path) throws IOException {
        RulePack pack = RulePack.load(RuleFiles.read(path));
        pack.problems().forEach(this::error);
        basis.addAll(RulePack.load(RuleFiles.basisAbove(path)).basis());
        basis.addAll(pack.basis());
        sources.addAll(pack.rules());
        lookupSources.addAll(pack.lookupTables());
        pack.notRun().forEach((type, count) -> notRun.merge(type, count, Integer::sum));
    }

    private String surroundings(Duration time) {
        var text = new StringBuilder();
        text.append(basis.size()).append(" globals and data models, ");
        text.append(lookupSources.size()).append(" lookup tables (");
        text.append(lookupTables.withoutData()).append(" without data); not run here: ");
        List<String> types = new ArrayList<>();
        notRun.forEach((type, count) -> types.add(count + " " + type.yamlName()));
        text.append(types.isEmpty() ? "nothing" : String.join(", ", types));
        return text.append("; ").append(time.toSeconds()).append(" s").toString();
    }

    /** In two threads, with an engine each, where that pays. */
    private void testAll() throws InterruptedException, ExecutionException {
        var queue = new ConcurrentLinkedQueue<>(sources);
        boolean two = sources.size() > MANY_RULES && Runtime.getRuntime().availableProcessors() > 1;
        var second =
                new FutureTask<Void>(
                        () -> {
                            test(queue, false);
                            return null;
                        });
        if (two) {
            new Thread(second, "caracal-test").start();
        }
        test(queue, true);
        if (two) {
            second.get();
        }
    }

    private void test(ConcurrentLinkedQueue<RuleSource> queue, boolean isFirst) {
        try (RuleEngine engine = new RuleEngine()) {
            engine.use(lookupTables.tables());
            RuleTester tester = new RuleTester(engine);
            List<RuleProblem> problems = tester.use(basis).problems();
            if (isFirst) {
                problems.forEach(this::error);
            }
            for (RuleSource source = queue.poll(); source != null; source = queue.poll()) {
                test(source, tester);
            }
        }
    }

    private void test(RuleSource source, RuleTester tester) {
        try {
            count(tester.test(source));
        } catch (RuleException e) {
            e.problems().forEach(this::error);
        }
        finished();
    }

    private synchronized void finished() {
        rules++;
        if (rules % MANY_RULES == 0 && sources.size() > MANY_RULES) {
            console.err().printf("%d of %d rules tested%n", rules, sources.size());
        }
    }

    private synchronized void count(RuleTestReport report) {
        report.results().forEach(result -> count(report, result));
    }

    private void count(RuleTestReport report, RuleTestResult result) {
        String place = report.rule().path() + ':' + result.test().line() + ": ";
        if (result.passed()) {
            passed++;
            if (verbose) {
                console.out().println("PASS " + place + result.test().name());
            }
            return;
        }
        failed++;
        console.out().println("FAIL " + place + result.reason());
    }

    /** Of a file that cannot be read or compiled; if it is a rule's, its tests cannot run. */
    private synchronized void error(RuleProblem problem) {
        errors++;
        console.out().println("ERROR " + problem);
    }
}
