package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.parse.S3Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists alerts, the latest last, each with what its updates have brought. */
@Command(
        name = "list",
        description = "List alerts, the latest last. Updates count into their alert.",
        footer = {
            "",
            "Example: caracal alerts list --severity high --since 24h",
            "Example: caracal alerts list --format json s3://my-output | jq .title"
        })
final class AlertsListCommand implements Callable<Integer> {

    private final Console console;
    private final Path home;

    @Mixin private AlertFilter filter = new AlertFilter();
    @Mixin private S3Options s3 = new S3Options();

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

    AlertsListCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        AlertFilter.Criteria criteria = filter.at(Instant.now());
        var records = new AlertRecords();
        try (JobOutput output = JobOutput.open(console, s3, location, home)) {
            List<String> files = output.files("alerts").stream().filter(criteria::mayHold).toList();
            output.read(
                    files,
                    line -> {
                        JsonNode alert = JobOutput.parse(line);
                        if (criteria.fits(alert)) {
                            records.add(alert);
                        }
                    });
        }
        List<JsonNode> sorted =
                records.all().stream()
                        .sorted(
                                Comparator.comparing(
                                        alert ->
                                                Instant.parse(alert.path("creationTime").asText())))
                        .toList();
        if (format == AlertFormat.table) {
            console.out().println(AlertTable.head());
        }
        for (JsonNode alert : sorted) {
            console.out()
                    .println(
                            format == AlertFormat.json ? alert.toString() : AlertTable.line(alert));
        }
        return 0;
    }
}
