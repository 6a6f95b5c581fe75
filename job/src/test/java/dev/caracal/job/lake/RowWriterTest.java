package dev.caracal.job.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.SchemaException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CASES =
            Path.of("..", "parsers", "src", "test", "resources", "dev", "caracal", "parsers")
                    .resolve("cases");
    private static final long NOW = 1_795_000_000_000L;

    private static final TableShape ACME = acme();

    private static TableShape acme() {
        String yaml =
                """
                schema: Acme.Audit
                fields:
                  - {name: text, type: string}
                  - {name: ratio, type: float}
                  - {name: at, type: timestamp, timeFormats: [rfc3339]}
                  - {name: free, type: json}
                  - {name: user.name, type: string}
                  - name: actor
                    type: object
                    fields:
                      - {name: id, type: bigint}
                  - name: targets
                    type: array
                    element:
                      type: object
                      fields:
                        - {name: id, type: bigint}
                """;
        try {
            return EventTables.of(LogType.read("acme.yml", new StringReader(yaml)));
        } catch (SchemaException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String roundTrip(TableShape shape, byte[] json) throws MismatchException {
        GenericRowData row = new RowReader(shape.table().schema(), shape.texts().json()).read(json);
        byte[] back = new RowWriter(shape.table().schema(), shape.texts()).write(row);
        return new String(back, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\":\"a\\\"b\\u0001\\n√\"}",
                "{\"ratio\":0.25}",
                "{\"ratio\":-7.0}",
                "{\"at\":\"2026-11-24 05:06:07.123456000\"}",
                "{\"at\":\"0001-01-01 00:00:00.000000000\"}",
                "{\"free\":{\"a\":[1,null,\"x\"]}}",
                "{\"free\":\"text\"}",
                "{\"free\":12}",
                "{\"user.name\":\"dotted\"}",
                "{\"actor\":{}}",
                "{\"actor\":{\"id\":9007199254740993}}",
                "{\"actor\":\"no object\"}",
                "{\"actor\":{\"id\":\"no number\"}}",
                "{\"actor\":{\"id\":1,\"more\":{\"x\":[1]}}}",
                "{\"actor\":{\"a.b\":true}}",
                "{\"targets\":[]}",
                "{\"targets\":[{\"id\":1},null,{\"id\":2,\"size\":3},\"odd\"]}",
                "{\"unlisted\":{\"a\":1}}",
                "{\"un.listed[3]\":\"x\"}",
            })
    void aRowIsWrittenAsItWasRead(String json) throws MismatchException {
        assertThat(roundTrip(ACME, json.getBytes(StandardCharsets.UTF_8))).isEqualTo(json);
    }

    @Test
    void aColumnThatCameLaterTakesTheValueFromBefore() throws MismatchException {
        TableShape before = EventTables.unknown("Acme.Audit");
        byte[] json = "{\"actor\":{\"id\":1},\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        GenericRowData old =
                new RowReader(before.table().schema(), before.texts().json()).read(json);
        int unmapped = before.table().schema().columns().size() - 1;
        GenericRowData row = new GenericRowData(ACME.table().schema().columns().size());
        row.setField(row.getArity() - 1, old.getField(unmapped));

        assertThat(new RowWriter(ACME.table().schema(), ACME.texts()).write(row))
                .asString()
                .isEqualTo("{\"text\":\"x\",\"actor\":{\"id\":1}}");
    }

    static Stream<LogType> logTypes() {
        return LogTypes.builtin().all().stream();
    }

    @ParameterizedTest
    @MethodSource("logTypes")
    void eventsOfAllLogTypesComeBack(LogType logType) throws Exception {
        List<Event> events = events(logType);

        TableShape shape = EventTables.of(logType);
        for (Event event : events) {
            JsonNode back = JSON.readTree(roundTrip(shape, event.json()));
            assertThat(asKept(back)).isEqualTo(asKept(JSON.readTree(event.json())));
        }
        assertThat(events).isNotEmpty();
    }

    private static List<Event> events(LogType logType) throws IOException {
        Classifier classifier = new Classifier(List.of(logType));
        List<Event> events = new ArrayList<>();
        for (String suffix : List.of(".jsonl", ".own.jsonl")) {
            Path file = CASES.resolve(logType.name() + suffix);
            if (!Files.exists(file)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    events.addAll(events(classifier, JSON.readTree(line)));
                }
            }
        }
        return events;
    }

    private static List<Event> events(Classifier classifier, JsonNode testCase) {
        byte[] record = testCase.path("line").asText().getBytes(StandardCharsets.UTF_8);
        byte[] header = testCase.path("header").path(0).asText().getBytes(StandardCharsets.UTF_8);
        Classification classification =
                classifier.classify(
                        record,
                        0,
                        record.length,
                        new RecordContext("source", "Source", "object", 0, header, NOW));
        return classification instanceof Classification.Accepted accepted
                ? accepted.events()
                : List.of();
    }

    /** The lake keeps microseconds, and not how a fraction was written. */
    private static JsonNode asKept(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(asKept(member.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, asKept(array.get(i)));
            }
        } else if (node.isNumber()) {
            return DecimalNode.valueOf(node.decimalValue().stripTrailingZeros());
        } else if (node.isTextual()
                && node.asText().matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{9}")) {
            return TextNode.valueOf(node.asText().substring(0, 26) + "000");
        }
        return node;
    }
}
