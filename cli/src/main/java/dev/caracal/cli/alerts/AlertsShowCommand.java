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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
        for (List<String> day : newestFirst(output.files("alerts"))) {
            output.read(
                    day,
                    line -> {
                        if (line.contains(begin)) {
                            JsonNode alert = JobOutput.parse(line);
                            if (alert.path("alertId").asText().startsWith(id)) {
                                records.add(alert);
                            }
                        }
                    });
            if (id.length() >= AlertTable.ID && !records.all().isEmpty()) {
                break;
            }
        }
        Collection<JsonNode> found = records.all();
        if (found.size() != 1) {
            throw new IOException(
                    found.isEmpty()
                            ? "there is no alert whose id begins with " + id
                            : found.size() + " alerts have ids that begin with " + id);
        }
        return found.iterator().next();
    }

    /** By folder, of which each has one day: all records of an alert are in one of them. */
    private static Collection<List<String>> newestFirst(List<String> files) {
        var days = new TreeMap<String, List<String>>(Comparator.reverseOrder());
        for (String file : files) {
            String folder = file.substring(0, file.lastIndexOf('/') + 1);
            days.computeIfAbsent(folder, day -> new ArrayList<>()).add(file);
        }
        return days.values();
    }

    /** Of its matches; of system health there are none. */
    private List<JsonNode> events(JobOutput output, JsonNode alert) throws IOException {
        var events = new ArrayList<JsonNode>();
        String type = alert.path("type").asText();
        if (type.equals("SYSTEM_HEALTH")) {
            return events;
        }
        String stored = "\"p_alert_id\":\"" + alert.path("alertId").asText() + '"';
        long wanted = Math.min(mostEvents, alert.path("eventCount").asLong());
        for (String file : filesOfMatches(output, alert, type)) {
            output.read(
                    List.of(file),
                    line -> {
                        if (events.size() < wanted && line.contains(stored)) {
                            events.add(JobOutput.parse(line));
                        }
                    });
            if (events.size() == wanted) {
                break;
            }
        }
        events.sort(Comparator.comparing(event -> event.path("p_event_time").asText()));
        return events;
    }

    /** Most events of an alert are from about the time of its first one. */
    private static List<String> filesOfMatches(JobOutput output, JsonNode alert, String type)
            throws IOException {
        var files = new ArrayList<String>();
        String folder = type.equals("RULE_ERROR") ? "rule-errors" : "matches";
        for (JsonNode logType : alert.path("logTypes")) {
            String table = logType.asText().toLowerCase(Locale.ROOT).replace('.', '_');
            files.addAll(output.files(folder + '/' + table));
        }
        EventTime.of(alert.path("event"))
                .ifPresent(first -> files.sort(EventTime.nearestTo(first)));
        return files;
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
        List<String> searches = Surroundings.searches(events);
        if (!searches.isEmpty()) {
            console.out().println();
            console.out().println("around them, in the lake:");
            searches.forEach(console.out()::println);
        }
    }
}
