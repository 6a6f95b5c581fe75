package dev.caracal.parsers;

import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Parses records by a schema and shows what becomes of them in a line. */
final class SchemaTester {

    private static final long PARSE_TIME = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    private final Classifier classifier;

    SchemaTester(String yaml) throws SchemaException {
        classifier =
                new Classifier(
                        List.of(
                                new LogType(
                                        SchemaReader.read("test.yml", new StringReader(yaml)))));
    }

    String parse(String record) {
        return parse(record, "", 0);
    }

    /**
     * The events' members without core fields, {@code none}, or {@code rejected} and the reason.
     */
    String parse(String record, String header, long index) {
        return parse(bytes(record), header, index);
    }

    String parse(byte[] record, String header, long index) {
        RecordContext context = new RecordContext("", "", "o", index, bytes(header), PARSE_TIME);
        Classification classification = classifier.classify(record, 0, record.length, context);
        if (classification instanceof Classification.Rejected rejected) {
            return "rejected: " + rejected.reasons().get(0).message();
        }
        List<Event> events = ((Classification.Accepted) classification).events();
        return events.isEmpty() ? "none" : members(events.get(0));
    }

    private static String members(Event event) {
        String json = new String(event.json(), StandardCharsets.UTF_8);
        String own = json.substring(1, Math.max(1, json.indexOf("\"p_log_type\"") - 1));
        int indicators = json.indexOf(",\"p_any_");
        return indicators < 0 ? own : own + json.substring(indicators, json.length() - 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
