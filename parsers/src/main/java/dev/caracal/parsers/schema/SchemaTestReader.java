package dev.caracal.parsers.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code Tests}. */
final class SchemaTestReader {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private SchemaTestReader() {}

    static List<SchemaTest> read(@Nullable YamlValue value) throws SchemaException {
        List<SchemaTest> tests = new ArrayList<>();
        if (value != null) {
            for (YamlValue test : value.elements()) {
                tests.add(test(test, tests.size() + 1));
            }
        }
        return tests;
    }

    private static SchemaTest test(YamlValue value, int number) throws SchemaException {
        Map<String, YamlValue> members =
                value.members("name", "input", "header", "result", "rejected");
        return new SchemaTest(
                YamlValue.optional(members, "name", "test " + number),
                value.line(),
                text(value.required(members, "input")),
                withoutLineEnd(YamlValue.optional(members, "header", "")),
                expectation(value, members));
    }

    private static SchemaTest.Expectation expectation(
            YamlValue value, Map<String, YamlValue> members) throws SchemaException {
        YamlValue result = members.get("result");
        YamlValue rejected = members.get("rejected");
        if (result != null && rejected == null) {
            return new SchemaTest.Events(events(result));
        }
        if (rejected != null && result == null) {
            return new SchemaTest.Rejected(rejected.string());
        }
        throw value.wrong("a test needs either result or rejected");
    }

    /** Text as it stands, without the line end of a block; anything else as JSON. */
    private static String text(YamlValue value) throws SchemaException {
        JsonNode json = YamlJson.of(value);
        return json.isContainerNode() ? json.toString() : withoutLineEnd(value.string());
    }

    private static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static List<JsonNode> events(YamlValue value) throws SchemaException {
        JsonNode json = YamlJson.of(value);
        if (json.isTextual()) {
            json = parse(value, json.textValue());
        }
        List<JsonNode> events = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(events::add);
        } else {
            events.add(json);
        }
        for (JsonNode event : events) {
            if (!event.isObject()) {
                throw value.wrong("expected an event or a list of events for result");
            }
        }
        return events;
    }

    private static JsonNode parse(YamlValue value, String text) throws SchemaException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw value.wrong("expected JSON for result: " + e.getOriginalMessage());
        }
    }
}
