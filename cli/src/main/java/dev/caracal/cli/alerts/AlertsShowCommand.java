package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.parse.S3Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one alert in full, and its events. */
@Command(
        name = "show",
        description = "Show one alert in full, and the events that made it.",
        footer = {"", "Example: caracal alerts show 7d0c2f1e | less"})
final class AlertsShowCommand implements Callable<Integer> {

    private static final int LEAST_ID = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Console console;
    private final Path home;

    @Mixin private S3Options s3 = new S3Options();

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description =
                    "table (default): a field a line, then an event a line; json: one object.")
    private AlertFormat format = AlertFormat.table;

    @Option(
            names = "--events",
            defaultValue = "20",
            paramLabel = "NUMBER",
            description = "How many events are shown at most (default: 20).")
    private int mostEvents;

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "The alert's id, or the beginning of it.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "LOCATION",
            arity = "0..1",
            description = "The job's output: a folder or s3://bucket/prefix (default: the demo's).")
    private @Nullable String location;

    AlertsShowCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if (id.length() < LEAST_ID) {
            throw new WrongUsageException(
                    "the id \"" + id + "\" is too short, expected " + LEAST_ID + " characters");
        }
        try (JobOutput output = JobOutput.open(console, s3, location, home)) {
            JsonNode alert = find(output);
            List<JsonNode> events = events(output, alert);
            if (format == AlertFormat.json) {
                ObjectNode whole = alert.deepCopy();
                ArrayNode list = whole.putArray("events");
                events.forEach(list::add);
                console.out().println(whole);
            } else {
                print(alert, events);
            }
            return 0;
        }
    }

    private JsonNode find(JobOutput output) throws IOException {
        var records = new AlertRecords();
        String begin = "\"alertId\":\"" + id;
        output.read(
                output.files("alerts"),
                line -> {
                    if (line.contains(begin)) {
                        JsonNode alert = JobOutput.parse(line);
                        if (alert.path("alertId").asText().startsWith(id)) {
                            records.add(alert);
                        }
                    }
                });
        Collection<JsonNode> found = records.all();
        if (found.size() != 1) {
            throw new IOException(
                    found.isEmpty()
                            ? "there is no alert whose id begins with " + id
                            : found.size() + " alerts have ids that begin with " + id);
        }
        return found.iterator().next();
    }

    /** Of its matches; of system health there are none. */
    private List<JsonNode> events(JobOutput output, JsonNode alert) throws IOException {
        var events = new ArrayList<JsonNode>();
        String type = alert.path("type").asText();
        if (type.equals("SYSTEM_HEALTH")) {
            return events;
        }
        String stored = "\"p_alert_id\":\"" + alert.path("alertId").asText() + '"';
        String folder = type.equals("RULE_ERROR") ? "rule-errors" : "matches";
        for (JsonNode logType : alert.path("logTypes")) {
            String table = logType.asText().toLowerCase(Locale.ROOT).replace('.', '_');
            output.read(
                    output.files(folder + '/' + table),
                    line -> {
                        if (events.size() < mostEvents && line.contains(stored)) {
                            events.add(JobOutput.parse(line));
                        }
                    });
        }
        return events;
    }

    private void print(JsonNode alert, List<JsonNode> events) throws IOException {
        for (Map.Entry<String, JsonNode> field : alert.properties()) {
            if (!field.getKey().equals("event")) {
                String value =
                        field.getValue().isTextual()
                                ? field.getValue().textValue()
                                : JSON.writeValueAsString(field.getValue());
                console.out().printf("%-15s %s%n", field.getKey() + ':', AlertTable.oneLine(value));
            }
        }
        console.out().println();
        console.out().println("events: " + events.size() + " of " + alert.path("eventCount"));
        for (JsonNode event : events) {
            console.out().println(event);
        }
    }
}
