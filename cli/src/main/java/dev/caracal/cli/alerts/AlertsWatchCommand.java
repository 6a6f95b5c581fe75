package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.parse.S3Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows alerts and their updates as they are stored, until it is interrupted. */
@Command(
        name = "watch",
        description = {
            "Show alerts and their updates as they are stored; Ctrl-C ends it.",
            "An alert is stored with the job's next checkpoint."
        })
final class AlertsWatchCommand implements Callable<Integer> {

    private final Console console;
    private final Path home;
    private final Set<String> read = new HashSet<>();
    private final AlertRecords records = new AlertRecords();

    @Mixin private AlertFilter filter = new AlertFilter();
    @Mixin private S3Options s3 = new S3Options();

    @Option(names = "--all", description = "Begin with the alerts that are there already.")
    private boolean all;

    @Option(
            names = "--interval",
            defaultValue = "2",
            paramLabel = "SECONDS",
            description = "How often new files are looked for (default: 2).")
    private double intervalSeconds;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table (default), or json: the whole record, one a line.")
    private AlertFormat format = AlertFormat.table;

    @Parameters(
            paramLabel = "LOCATION",
            arity = "0..1",
            description = "The job's output: a folder or s3://bucket/prefix (default: the demo's).")
    private @Nullable String location;

    AlertsWatchCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        AlertFilter.Criteria criteria = filter.at(Instant.now());
        Duration interval = Duration.ofMillis(Math.max(100, Math.round(intervalSeconds * 1000)));
        try (JobOutput output = JobOutput.open(console, s3, location, home)) {
            if (!all) {
                read.addAll(output.files("alerts"));
            }
            if (format == AlertFormat.table) {
                console.out().println(AlertTable.head());
            }
            while (true) {
                look(output, criteria);
                console.out().flush();
                // Neither a folder nor S3 tells of new files; the interval is the user's.
                Thread.sleep(interval.toMillis());
            }
        } catch (InterruptedException e) {
            // That is how watching ends.
            return 0;
        }
    }

    private void look(JobOutput output, AlertFilter.Criteria criteria) throws IOException {
        List<String> news =
                output.files("alerts").stream()
                        .filter(criteria::mayHold)
                        .filter(file -> !read.contains(file))
                        .toList();
        output.read(
                news,
                line -> {
                    JsonNode alert = JobOutput.parse(line);
                    if (criteria.fits(alert) && records.add(alert)) {
                        console.out()
                                .println(
                                        format == AlertFormat.json
                                                ? alert.toString()
                                                : AlertTable.line(alert));
                    }
                });
        read.addAll(news);
    }
}
