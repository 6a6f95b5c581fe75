package dev.caracal.job.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The health of all log sources at one time, as the job writes it into the control location for
 * people and commands to read.
 *
 * @param writtenMillis when the job wrote it
 * @param sources by id
 */
public record HealthSnapshot(long writtenMillis, List<Entry> sources) {

    /** Where it lies in the control location. */
    public static final String PATH = "health/sources.json";

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The health of one log source.
     *
     * @param problems the latest first
     */
    public record Entry(SourceStatus status, List<SourceProblem> problems) {

        public Entry {
            problems =
                    problems.stream()
                            .sorted(
                                    Comparator.comparingLong(SourceProblem::lastMillis)
                                            .reversed()
                                            .thenComparing(SourceProblem::reason))
                            .toList();
        }

        /** Why the log source cannot be read; empty if something has been read since. */
        public Optional<SourceProblem> failure() {
            return problems.stream()
                    .filter(SourceProblem::isOfAccess)
                    .filter(problem -> problem.lastMillis() >= status.lastReceivedMillis())
                    .findFirst();
        }

        /** In one word. */
        public String state() {
            if (failure().isPresent()) {
                return "failing";
            }
            return status.lastReceivedMillis() == 0 ? "waiting" : "healthy";
        }

        public ObjectNode json() {
            ObjectNode json =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("id", status.sourceId())
                            .put("name", status.label())
                            .put("state", state())
                            .put("lastReceived", time(status.lastReceivedMillis()));
            var logTypes = json.putArray("logTypes");
            for (LogTypeStatus one : status.logTypes()) {
                if (one.logType().isEmpty()) {
                    json.put("rejectedRecords", one.records())
                            .put("rejectedBytes", one.bytes())
                            .put("lastRejected", time(one.lastReceivedMillis()));
                    continue;
                }
                logTypes.addObject()
                        .put("logType", one.logType())
                        .put("records", one.records())
                        .put("bytes", one.bytes())
                        .put("objects", one.objects())
                        .put("events", one.events())
                        .put("lastReceived", time(one.lastReceivedMillis()))
                        .put("lastEvent", time(one.lastEventMillis()));
            }
            var errors = json.putArray("errors");
            for (SourceProblem problem : problems) {
                errors.addObject()
                        .put("stage", problem.stage())
                        .put("reason", problem.reason())
                        .put("detail", problem.detail())
                        .put("object", problem.object())
                        .put("since", time(problem.sinceMillis()))
                        .put("last", time(problem.lastMillis()))
                        .put("count", problem.count());
            }
            return json;
        }

        private static Entry of(JsonNode json) {
            String id = json.path("id").asText();
            List<LogTypeStatus> logTypes = new ArrayList<>();
            for (JsonNode one : json.path("logTypes")) {
                logTypes.add(
                        new LogTypeStatus(
                                one.path("logType").asText(),
                                one.path("records").asLong(),
                                one.path("bytes").asLong(),
                                one.path("objects").asLong(),
                                one.path("events").asLong(),
                                millis(one.path("lastReceived")),
                                millis(one.path("lastEvent"))));
            }
            if (json.has("rejectedRecords")) {
                logTypes.add(
                        new LogTypeStatus(
                                "",
                                json.path("rejectedRecords").asLong(),
                                json.path("rejectedBytes").asLong(),
                                0,
                                0,
                                millis(json.path("lastRejected")),
                                0));
            }
            List<SourceProblem> problems = new ArrayList<>();
            for (JsonNode one : json.path("errors")) {
                problems.add(
                        new SourceProblem(
                                id,
                                one.path("stage").asText(),
                                one.path("reason").asText(),
                                one.path("detail").asText(),
                                one.path("object").asText(),
                                millis(one.path("since")),
                                millis(one.path("last")),
                                one.path("count").asLong()));
            }
            return new Entry(
                    new SourceStatus(id, json.path("name").asText(), true, logTypes), problems);
        }

        private static String time(long millis) {
            return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
        }
    }

    public HealthSnapshot {
        sources =
                sources.stream()
                        .sorted(Comparator.comparing(entry -> entry.status().sourceId()))
                        .toList();
    }

    public Optional<Entry> find(String sourceId) {
        return sources.stream()
                .filter(entry -> entry.status().sourceId().equals(sourceId))
                .findFirst();
    }

    public String json() {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", VERSION)
                        .put("written", Instant.ofEpochMilli(writtenMillis).toString());
        var array = json.putArray("sources");
        sources.forEach(entry -> array.add(entry.json()));
        return json.toPrettyString() + '\n';
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IOException if it is something else, or of another version
     */
    public static HealthSnapshot parse(String text) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException(PATH + " is not JSON: " + e.getOriginalMessage(), e);
        }
        int version = json.path("version").asInt();
        if (version != VERSION) {
            throw new IOException(
                    PATH + " has version " + json.path("version") + ", expected " + VERSION);
        }
        List<Entry> sources = new ArrayList<>();
        json.path("sources").forEach(entry -> sources.add(Entry.of(entry)));
        return new HealthSnapshot(millis(json.path("written")), sources);
    }

    private static long millis(JsonNode time) {
        try {
            return time.asText().isEmpty() ? 0 : Instant.parse(time.asText()).toEpochMilli();
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
