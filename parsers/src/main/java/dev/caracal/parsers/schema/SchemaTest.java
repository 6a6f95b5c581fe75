package dev.caracal.parsers.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * A test embedded in a schema: a raw record, and what must become of it.
 *
 * @param name what it shows; by default its number
 * @param line in the schema's file, from 1
 * @param header the object's first record, for log types whose columns it names; empty if none does
 */
public record SchemaTest(
        String name, int line, String input, String header, Expectation expectation) {

    /** What must become of the record. */
    public sealed interface Expectation {}

    /** It holds these events, none of which may be left out or have further fields. */
    public record Events(List<JsonNode> events) implements Expectation {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** It is rejected, with a reason that contains this. */
    public record Rejected(String reason) implements Expectation {}

    public SchemaTest {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(input, "input is null");
        Objects.requireNonNull(header, "header is null");
        Objects.requireNonNull(expectation, "expectation is null");
    }
}
