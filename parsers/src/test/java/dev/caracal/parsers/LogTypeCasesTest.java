package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of each log type: {@code NAME.jsonl}, where there is one, holds records and their
 * events, with what must be equal; {@code NAME.own.jsonl} also records that are rejected, with a
 * part of the reason.
 */
class LogTypeCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Formats without a year take it from here. */
    private static final long PARSE_TIME = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    private static final String PARSE_TIME_TEXT = "2026-11-24 12:00:00.000000000";

    @TestFactory
    Stream<DynamicTest> everyCaseGivesItsEvents() {
        return LogTypes.builtin().all().stream()
                .flatMap(
                        logType ->
                                Stream.of(".jsonl", ".own.jsonl")
                                        .flatMap(suffix -> cases(logType, suffix)));
    }

    @Test
    void theIndexListsEverySchema() throws Exception {
        Path folder = Path.of(LogTypes.class.getResource("logtypes/index.txt").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(LogTypes.builtin().names())
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(file -> file.endsWith(".yml"))
                                    .map(file -> file.substring(0, file.length() - 4))
                                    .sorted()
                                    .toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyLogTypeHasTwoCasesOfItsOwnAndOneIsRejected() {
        return LogTypes.builtin().names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> checkOwnCases(name)));
    }

    private static void checkOwnCases(String logType) throws IOException {
        List<String> lines = lines("cases/" + logType + ".own.jsonl");
        int rejected = 0;
        for (String line : lines) {
            rejected += JSON.readTree(line).has("rejected") ? 1 : 0;
        }
        assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
        assertThat(rejected).isBetween(1, lines.size() - 1);
    }

    private static Stream<DynamicTest> cases(LogType logType, String suffix) {
        List<String> lines = lines("cases/" + logType.name() + suffix);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            tests.add(
                    DynamicTest.dynamicTest(
                            logType.name() + suffix + " line " + (i + 1),
                            () -> check(logType, JSON.readTree(line))));
        }
        return tests.stream();
    }

    private static void check(LogType logType, JsonNode testCase) throws IOException {
        byte[] record = bytes(testCase.path("line").asText().strip());
        byte[] header = bytes(testCase.path("header").path(0).asText());
        RecordContext context =
                new RecordContext("source", "Label", "bucket/key", 7, header, PARSE_TIME);
        Classification classification =
                new Classifier(List.of(logType)).classify(record, 0, record.length, context);
        if (testCase.has("rejected")) {
            assertThat(classification).isInstanceOf(Classification.Rejected.class);
            Classification.Rejected rejected = (Classification.Rejected) classification;
            assertThat(rejected.reasons().get(0).message())
                    .contains(testCase.path("rejected").asText());
            return;
        }
        assertThat(classification).isInstanceOf(Classification.Accepted.class);
        List<Event> events = ((Classification.Accepted) classification).events();
        assertThat(events).hasSameSizeAs(testCase.path("events"));
        for (int i = 0; i < events.size(); i++) {
            checkEvent(events.get(i), testCase.path("events").get(i), testCase.path("absent"));
        }
    }

    private static void checkEvent(Event event, JsonNode expected, JsonNode absent)
            throws IOException {
        JsonNode actual = JSON.readTree(event.json());
        assertThat(new String(event.json(), StandardCharsets.UTF_8)).doesNotContain("\n");
        assertThat(actual.path("p_row_id").asText()).isEqualTo(event.rowId()).hasSize(32);
        assertThat(actual.path("p_parse_time").asText()).isEqualTo(PARSE_TIME_TEXT);
        assertThat(actual.path("p_source_id").asText()).isEqualTo("source");
        assertThat(actual.path("p_source_label").asText()).isEqualTo("Label");
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            contains(actual, field.getKey(), field.getValue());
        }
        absent.forEach(name -> assertThat(actual.has(name.asText())).as(name.asText()).isFalse());
        actual.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (name.startsWith("p_any_")) {
                                assertThat(expected.has(name)).as(name + " in " + actual).isTrue();
                            }
                        });
    }

    private static void contains(JsonNode actual, String name, JsonNode given) {
        JsonNode expected =
                given.asText().equals("<parse time>")
                        ? JSON.getNodeFactory().textNode(PARSE_TIME_TEXT)
                        : given;
        assertThat(isAsExpected(actual.path(name), expected))
                .as("%s is %s in %s, expected %s", name, actual.path(name), actual, expected)
                .isTrue();
    }

    /** Objects may have more members than expected; everything else is equal. */
    private static boolean isAsExpected(JsonNode actual, JsonNode expected) {
        if (expected.isObject()) {
            return actual.isObject()
                    && expected.properties().stream()
                            .allMatch(m -> isAsExpected(actual.path(m.getKey()), m.getValue()));
        }
        if (expected.isArray()) {
            return actual.isArray()
                    && actual.size() == expected.size()
                    && IntStream.range(0, expected.size())
                            .allMatch(i -> isAsExpected(actual.get(i), expected.get(i)));
        }
        if (expected.isNull()) {
            return actual.isNull() || actual.isMissingNode();
        }
        if (expected.isNumber()) {
            return actual.isNumber()
                    && actual.decimalValue().compareTo(expected.decimalValue()) == 0;
        }
        return actual.equals(expected);
    }

    static List<String> lines(String resource) {
        try (InputStream content = LogTypeCasesTest.class.getResourceAsStream(resource)) {
            if (content == null && !resource.endsWith(".own.jsonl")) {
                return List.of();
            }
            Objects.requireNonNull(content, resource);
            return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
