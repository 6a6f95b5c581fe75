package dev.caracal.cli.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.cli.source.check.Finding;
import dev.caracal.cli.source.check.Finding.Status;
import dev.caracal.cli.source.check.QueueSourceCheck;
import dev.caracal.cli.source.check.SourceCheck;
import dev.caracal.job.JobOptions;
import dev.caracal.job.OutputLocation;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks that AWS is set up as log sources need it. */
@Command(
        name = "check",
        description = {
            "Check that AWS is set up as a log source needs it, and say what to do where it is not.",
            "It takes the credentials of the account where Caracal runs. The exit status is 1 if"
                    + " anything is unhealthy."
        },
        footer = {"", "Example: caracal source check shop --config flink-conf/caracal.yaml"})
final class SourceCheckCommand implements Callable<Integer> {

    private static final String FILE = "file";

    private final Console console;

    @Parameters(
            paramLabel = "SOURCE",
            arity = "0..1",
            description = "Id or name of the log source (default: all, and refused files).")
    private @Nullable String idOrName;

    @Mixin private ControlOptions control = new ControlOptions();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (default); json: one finding a line.")
    private OutputFormat format = OutputFormat.text;

    @Option(
            names = "--test-object",
            description = {
                "Put a small object into the bucket, wait for it to arrive at the job, and remove it.",
                "It is no log: the job makes a dead letter of it."
            })
    private boolean testObject;

    @Option(
            names = "--bucket-profile",
            defaultValue = "",
            paramLabel = "NAME",
            description =
                    "The AWS profile whose credentials may write to the bucket, for --test-object"
                            + " (default: your own).")
    private String bucketProfile = "";

    @Option(
            names = "--wait",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long the test object may take (default: 120).")
    private int waitSeconds;

    private int unhealthy;

    SourceCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SourceFolder folder = SourceFolder.open(control.location());
        for (Map.Entry<String, String> problem : folder.problems().entrySet()) {
            if (idOrName == null || problem.getKey().equals(SourceFolder.newPath(idOrName))) {
                print(problem.getKey(), refused(problem.getValue()));
            }
        }
        if (idOrName != null && unhealthy > 0) {
            return 1;
        }
        Optional<QueueSource> named =
                idOrName == null ? Optional.empty() : folder.findQueue(idOrName);
        List<QueueSource> queues = idOrName == null ? folder.queues() : named.stream().toList();
        for (QueueSource queue : queues) {
            print(queue.id(), QueueSourceCheck.check(control.aws(), queue));
        }
        if (named.isPresent()) {
            return unhealthy == 0 ? 0 : 1;
        }
        List<LogSource> sources =
                idOrName == null ? folder.sources() : List.of(folder.find(idOrName));
        try (SourceCheck check = new SourceCheck(control.aws(), control.queue())) {
            for (LogSource source : sources) {
                List<Finding> findings = new ArrayList<>(check.check(source));
                if (testObject) {
                    findings.add(send(source, check));
                }
                print(source.id(), findings);
            }
        }
        return unhealthy == 0 ? 0 : 1;
    }

    private Finding send(LogSource source, SourceCheck check)
            throws IOException, InterruptedException {
        String output =
                control.configuration()
                        .getOptional(JobOptions.OUTPUT_LOCATION)
                        .orElseThrow(
                                () ->
                                        new WrongUsageException(
                                                "where is the job's output? --test-object needs"
                                                        + " --config with output.location"));
        return check.sendTestObject(
                source,
                OutputLocation.parse(output),
                bucketProfile,
                Duration.ofSeconds(waitSeconds));
    }

    private static List<Finding> refused(String problem) {
        return List.of(
                new Finding(
                        FILE,
                        Status.UNHEALTHY,
                        "the job refuses it",
                        problem,
                        "Correct the file as the error says."));
    }

    private void print(String source, List<Finding> findings) {
        if (format == OutputFormat.text) {
            console.out().println(source);
        }
        for (Finding finding : findings) {
            unhealthy += finding.status() == Status.UNHEALTHY ? 1 : 0;
            switch (format) {
                case json -> console.out().println(json(source, finding));
                case text -> print(finding);
            }
        }
    }

    private void print(Finding finding) {
        console.out()
                .printf("  %-11s  %s: %s%n", finding.status(), finding.part(), finding.detail());
        if (!finding.error().isEmpty()) {
            console.out().println("               error: " + finding.error());
        }
        if (!finding.remedy().isEmpty()) {
            console.out().println("               remedy: " + finding.remedy());
        }
    }

    private static String json(String source, Finding finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("source", source)
                .put("part", finding.part())
                .put("status", finding.status().toString())
                .put("detail", finding.detail())
                .put("error", finding.error())
                .put("remedy", finding.remedy())
                .toString();
    }
}
