package dev.caracal.cli.replay;

import dev.caracal.cli.Console;
import dev.caracal.cli.ProgressLine;
import dev.caracal.cli.TimeRange;
import dev.caracal.cli.TimeRangeOption;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.alerts.AlertFormat;
import dev.caracal.cli.search.LakeOption;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.JobOptions;
import dev.caracal.job.detect.RuleCacheSettings;
import dev.caracal.job.lake.LakeReadFunction;
import dev.caracal.job.replay.Replay;
import dev.caracal.parsers.schema.SchemaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what rules would have found in the past. */
@Command(
        name = "replay",
        description = {
            "Say what rules would have found in the past: judge the lake's events of a span of time,"
                    + " and make alerts of the matches as the job does. Nothing is stored or sent.",
            "The exit status is 1 if a file of a rule is refused."
        },
        footer = {
            "",
            "Example: caracal replay --rules my/rules/new_rule.yml --last 30d",
            "Example: caracal replay --rules my/rules --from 2026-10-01 --to 2026-11-01 --format json"
        })
public final class ReplayCommand implements Callable<Integer> {

    /** The last time that the lake's timestamps and Java's milliseconds both have. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final Console console;
    private final Path home;

    @Mixin private final LakeOption lake;
    @Mixin private final TimeRangeOption time = new TimeRangeOption();

    @Option(
            names = "--rules",
            split = ",",
            paramLabel = "PATH",
            description =
                    "A folder of rules, a zip file of one, or the YAML file of one rule (default: the"
                            + " built-in rules).")
    private List<Path> rules = List.of();

    @Option(
            names = "--log-type",
            split = ",",
            paramLabel = "T",
            description = "Only events of these log types (default: those of the rules).")
    private List<String> logTypes = List.of();

    @Option(
            names = "--schema",
            split = ",",
            paramLabel = "PATH",
            description = "A schema of your own, or a folder of them.")
    private List<Path> schemas = List.of();

    @Option(
            names = "--control",
            defaultValue = "",
            paramLabel = "LOCATION",
            description =
                    "The control location whose schemas are known, too: a folder or"
                            + " s3://bucket/prefix (default: that of --config, or the demo's).")
    private String control = "";

    @Option(names = "--matches", description = "Print the matches instead of the alerts.")
    private boolean matches;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table (default), or json: the whole record, one a line.")
    private AlertFormat format = AlertFormat.table;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "How parallel it runs (default: the number of CPUs).")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    public ReplayCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
        this.lake = new LakeOption(home);
    }

    @Override
    public Integer call() throws Exception {
        System.setProperty("caracal.log", home.resolve(".caracal/log/replay.log").toString());
        TimeRange range = time.range();
        LakeSettings settings = lake.settings();
        ReplayedRules replayed = ReplayedRules.read(rules);
        replayed.problems().forEach(problem -> console.err().println("refused: " + problem));
        if (replayed.enabled() == 0) {
            throw new WrongUsageException("there is no rule to replay in " + rules);
        }
        ReplayedEvents events = plan(settings, replayed, range);
        events.unknown()
                .forEach(
                        logType ->
                                console.err()
                                        .println(
                                                "no schema of "
                                                        + logType
                                                        + " is known, so that its JSON columns are"
                                                        + " texts; name it with --schema"));
        Path cache = Files.createTempDirectory("caracal-replay");
        try {
            run(settings, replayed, events, range, cache);
        } finally {
            FileUtils.deleteDirectoryQuietly(cache.toFile());
        }
        return replayed.problems().isEmpty() ? 0 : 1;
    }

    private ReplayedEvents plan(LakeSettings settings, ReplayedRules replayed, TimeRange range)
            throws IOException, SchemaException {
        OwnSchemas own = OwnSchemas.read(control(), schemas);
        own.problems().forEach(problem -> console.err().println("not used: " + problem));
        try (LakeReader reader = new LakeReader(settings)) {
            return ReplayedEvents.plan(
                    reader, logTypes, replayed.logTypes(), own.logTypes(), range);
        }
    }

    private Optional<ControlLocation> control() throws IOException {
        return control.isEmpty()
                ? lake.control()
                : Optional.of(new ControlLocation(control, AwsSettings.from(lake.options())));
    }

    private void run(
            LakeSettings settings,
            ReplayedRules replayed,
            ReplayedEvents events,
            TimeRange range,
            Path cache)
            throws Exception {
        Configuration options = lake.options();
        AwsSettings aws = AwsSettings.from(options);
        Replay replay =
                new Replay(
                        new LakeReadFunction(
                                settings,
                                events.texts(),
                                range.from().orElse(Instant.EPOCH.minusSeconds(1L << 36)),
                                range.to().orElse(END_OF_TIME)),
                        replayed.sources(),
                        // Not the job's: what rules remember of the past must not meet the present.
                        new RuleCacheSettings(
                                cache.toString(),
                                "",
                                options.get(JobOptions.RULE_CACHE_TIMEOUT),
                                aws),
                        new ControlLocation(cache.toString(), aws),
                        matches);
        FindingOutput output = new FindingOutput(console.out(), format);
        ReplayRun run =
                new ReplayRun(
                        new ProgressLine(console.err(), console.display().isTerminal()),
                        parallelism);
        ReplayRun.Counts counts =
                run.run(replay, events, options, finding -> output.add(finding, matches));
        if (!matches) {
            output.printAlerts();
        }
        console.out().flush();
        console.err().println(counts.summary(replayed.enabled(), output.alerts()));
    }
}
