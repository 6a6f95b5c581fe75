package dev.caracal.parsers.authoring;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.schema.SchemaFile;
import dev.caracal.parsers.schema.SchemaTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs the tests embedded in a schema.
 *
 * <p>An event must have the expected fields and no others, indicators included. Of the core fields,
 * {@code p_log_type} and {@code p_event_time} count where the test names them, and the others never
 * do.
 */
public final class SchemaTester {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Classifier classifier;
    private final InstantSource clock;

    private SchemaTester(SchemaFile file, InstantSource clock) {
        this.classifier = new Classifier(List.of(new LogType(file.schema())));
        this.clock = clock;
    }

    /**
     * @param clock the time of parsing, from which formats without a year take it
     * @throws IllegalArgumentException if the schema names a native parser that does not exist
     */
    public static List<SchemaTestResult> test(SchemaFile file, InstantSource clock) {
        SchemaTester tester = new SchemaTester(file, clock);
        return file.tests().stream()
                .map(test -> new SchemaTestResult(test, tester.differences(test)))
                .toList();
    }

    private List<String> differences(SchemaTest test) {
        byte[] record = test.input().getBytes(StandardCharsets.UTF_8);
        byte[] header = test.header().getBytes(StandardCharsets.UTF_8);
        // The first record of an object is its header.
        int index = header.length > 0 ? 1 : 0;
        RecordContext context = new RecordContext("", "", "test", index, header, clock.millis());
        Classification result = classifier.classify(record, 0, record.length, context);
        if (test.expectation() instanceof SchemaTest.Rejected expected) {
            return rejection(expected.reason(), result);
        }
        return events(((SchemaTest.Events) test.expectation()).events(), result);
    }

    private static List<String> rejection(String expected, Classification result) {
        if (!(result instanceof Classification.Rejected rejected)) {
            return List.of("expected to be rejected with '" + expected + "', was accepted");
        }
        String reason = reason(rejected);
        return reason.contains(expected)
                ? List.of()
                : List.of("expected to be rejected with '" + expected + "', was with: " + reason);
    }

    private static List<String> events(List<JsonNode> expected, Classification result) {
        if (result instanceof Classification.Rejected rejected) {
            return List.of("was rejected: " + reason(rejected));
        }
        List<Event> events = ((Classification.Accepted) result).events();
        if (events.size() != expected.size()) {
            return List.of("events: expected " + expected.size() + ", found " + events.size());
        }
        EventDifference difference = new EventDifference();
        for (int i = 0; i < events.size(); i++) {
            String place = events.size() == 1 ? "" : "event " + (i + 1) + ": ";
            difference.compare(place, expected.get(i), json(events.get(i)));
        }
        return difference.found();
    }

    private static String reason(Classification.Rejected rejected) {
        return rejected.reasons().stream()
                .map(Classification.Reason::message)
                .collect(Collectors.joining("; "));
    }

    private static JsonNode json(Event event) {
        try {
            return JSON.readTree(event.json());
        } catch (IOException e) {
            throw new UncheckedIOException("An event is not JSON", e);
        }
    }
}
