package dev.caracal.cli;

import dev.caracal.rules.BuiltinRules;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests that are embedded in rules. */
@Command(
        name = "test",
        description = {
            "Run the tests embedded in rules, and name those that do not pass.",
            "A rule is a YAML file in Panther's format with its Python file beside it."
        })
final class TestCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "A folder of rules, or the YAML file of one (default: the built-in rules).")
    private List<Path> paths = List.of();

    @Option(names = "--verbose", description = "Name the tests that pass, too.")
    private boolean verbose;

    private int rules;
    private int passed;
    private int failed;
    private int errors;

    TestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<RuleSource> sources = new ArrayList<>();
        if (paths.isEmpty()) {
            sources.addAll(BuiltinRules.sources());
        }
        for (Path path : paths) {
            RulePack pack = RulePack.load(RuleFiles.read(path));
            pack.problems().forEach(this::error);
            sources.addAll(pack.sources());
        }
        if (sources.isEmpty() && errors == 0) {
            throw new WrongUsageException("there is no rule in " + paths);
        }
        try (RuleEngine engine = new RuleEngine()) {
            RuleTester tester = new RuleTester(engine);
            sources.forEach(source -> test(source, tester));
        }
        console.out()
                .printf(
                        "%d rules, %d tests: %d passed, %d failed, %d errors%n",
                        rules, passed + failed, passed, failed, errors);
        return failed + errors == 0 ? 0 : 1;
    }

    private void test(RuleSource source, RuleTester tester) {
        rules++;
        try {
            RuleTestReport report = tester.test(source);
            report.results().forEach(result -> count(report, result));
        } catch (RuleException e) {
            e.problems().forEach(this::error);
        }
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

    /** Of a rule that cannot be read or compiled, whose tests cannot run. */
    private void error(RuleProblem problem) {
        errors++;
        console.out().println("ERROR " + problem);
    }
}
