package dev.caracal.cli.test;

import dev.caracal.cli.Console;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
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
        },
        footer = {
            "",
            "Examples: caracal test my/rules --log-type AWS.CloudTrail --severity high,critical",
            "          caracal test my/rules --format junit --output results.xml"
        })
public final class TestCommand implements Callable<Integer> {

    private final Console console;
    private final Path failedFile;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "A folder of rules, a zip file of one, or the YAML file of one rule (default: the"
                            + " built-in rules).")
    private List<Path> paths = List.of();

    @Option(names = "--rule", split = ",", paramLabel = "ID", description = "Only these rules.")
    private Set<String> ruleIds = Set.of();

    @Option(
            names = "--log-type",
            split = ",",
            paramLabel = "TYPE",
            description = "Only rules for one of these log types.")
    private Set<String> logTypes = Set.of();

    @Option(
            names = "--tag",
            split = ",",
            paramLabel = "TAG",
            description = "Only rules with one of these tags.")
    private Set<String> tags = Set.of();

    @Option(
            names = "--severity",
            split = ",",
            paramLabel = "SEVERITY",
            description =
                    "Only rules with one of these severities: info, low, medium, high, critical.")
    private Set<Severity> severities = Set.of();

    @Option(
            names = "--failed-first",
            description = "Begin with the rules that failed when they were last tested.")
    private boolean failedFirst;

    @Option(
            names = "--watch",
            description =
                    "Go on: after each change of a file, test again what depends on it. Ctrl-C ends.")
    private boolean watch;

    @Option(
            names = "--verbose",
            description = "Name the tests that pass, too, and what the rules' functions gave.")
    private boolean verbose;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json or junit (default: text).")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the report goes; then text is printed all the same.")
    private @Nullable Path output;

    /**
     * @param home of the project; what failed is remembered below it
     */
    public TestCommand(Console console, Path home) {
        this.console = console;
        this.failedFile = home.resolve(".caracal").resolve("test").resolve("failed-rules");
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        var selection = new Selection(new RuleFilter(ruleIds, logTypes, tags, severities), paths);
        var reports = new Reports(console, format, output, verbose);
        FileWatch watched = watch ? new FileWatch(paths) : null;
        try (var engines = new TestEngines()) {
            TestedPack pack = TestedPack.read(paths);
            List<RuleSource> rules = selection.of(pack);
            var run = new TestRun(engines, FailedRules.read(failedFile), failedFirst, reports);
            var problems = new ArrayList<RuleProblem>(pack.problems());
            problems.addAll(engines.use(pack).problems());
            boolean good = run.test(pack, rules, problems, start);
            if (watched != null) {
                var loop = new WatchLoop(console, paths, selection, engines, run);
                good = loop.go(watched, pack, good);
            }
            return good ? 0 : 1;
        }
    }
}
