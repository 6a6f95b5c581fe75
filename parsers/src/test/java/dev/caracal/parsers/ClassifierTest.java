package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.parsers.Classification.Accepted;
import dev.caracal.parsers.Classification.Reason;
import dev.caracal.parsers.Classification.Rejected;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifierTest {

    private static final RecordContext CONTEXT =
            new RecordContext("", "", "bucket/key#1", 0, new byte[0], 1_700_000_000_000L);

    @Test
    void firstDeclaredLogTypeWinsWhereTwoAccept() throws SchemaException {
        Classifier classifier = new Classifier(List.of(any("Test.One"), any("Test.Two")));
        assertThat(logType(classifier, "{\"a\":1}")).isEqualTo("Test.One");
    }

    @Test
    void logTypeOfTheLastRecordIsTriedFirst() throws SchemaException {
        Classifier classifier =
                new Classifier(List.of(any("Test.One"), requiring("Test.Two", "b")));
        assertThat(classifier.lastLogType()).isEmpty();
        classifier.restoreLastLogType("Test.Two");
        assertThat(logType(classifier, "{\"a\":1,\"b\":2}")).isEqualTo("Test.Two");
        assertThat(logType(classifier, "{\"a\":1}")).isEqualTo("Test.One");
        assertThat(logType(classifier, "{\"a\":1,\"b\":2}")).isEqualTo("Test.One");
        assertThat(classifier.lastLogType()).isEqualTo("Test.One");
        classifier.restoreLastLogType("Gone.Type");
        assertThat(classifier.lastLogType()).isEmpty();
    }

    @Test
    void rejectedRecordHasAReasonForEachCandidateInTheOrderTried() {
        Classifier classifier = new Classifier(LogTypes.builtin().all());
        classifier.restoreLastLogType("Okta.SystemLog");
        List<String> tried = new ArrayList<>(LogTypes.builtin().names());
        tried.remove("Okta.SystemLog");
        tried.add(0, "Okta.SystemLog");
        Classification classification = classify(classifier, "x".repeat(100_000), CONTEXT);
        assertThat(((Rejected) classification).reasons())
                .allSatisfy(reason -> assertThat(reason.message()).hasSizeLessThan(260))
                .extracting(Reason::logType)
                .containsExactlyElementsOf(tried);
        assertThat(classifier.lastLogType()).isEqualTo("Okta.SystemLog");
    }

    @Test
    void rowIdsAreTheSameOnReplayAndDifferForEachRecordAndObject() throws SchemaException {
        Classifier classifier = new Classifier(List.of(any("Test.One")));
        List<String> ids = new ArrayList<>();
        for (String object : List.of("bucket/a", "bucket/b")) {
            for (int index = 0; index < 1000; index++) {
                RecordContext context =
                        new RecordContext("", "", object, index, new byte[0], index);
                ids.add(events(classifier, "{}", context).get(0).rowId());
            }
        }
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
        RecordContext replayed = new RecordContext("", "", "bucket/a", 0, new byte[0], 99);
        assertThat(events(classifier, "{}", replayed).get(0).rowId()).isEqualTo(ids.get(0));
    }

    @Test
    void eventWithoutATimeOfItsOwnHasTheParseTime() throws SchemaException {
        Classifier classifier = new Classifier(List.of(any("Test.One")));
        Event event = events(classifier, "{\"a\":null}", CONTEXT).get(0);
        assertThat(event.eventTimeMillis()).isEqualTo(CONTEXT.parseTimeMillis());
        assertThat(new String(event.json(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"p_log_type\":\"Test.One\",\"p_row_id\":\""
                                + event.rowId()
                                + "\",\"p_event_time\":\"2023-11-14 22:13:20.000000000\","
                                + "\"p_parse_time\":\"2023-11-14 22:13:20.000000000\"}");
    }

    @Test
    void deeplyNestedRecordIsRejectedNotFatal() throws SchemaException {
        Classifier classifier = new Classifier(List.of(any("Test.One")));
        String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        Classification classification = classify(classifier, deep, CONTEXT);
        assertThat(((Rejected) classification).reasons().get(0).message())
                .isEqualTo("nested deeper than 500");
    }

    @Test
    void classifierWithoutLogTypesIsRefused() {
        assertThatThrownBy(() -> new Classifier(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void builtinLogTypesAreDescribed() {
        assertThat(List.copyOf(LogTypes.builtin().names()))
                .contains("AWS.CloudTrail", "Okta.SystemLog")
                .isSorted();
        assertThat(LogTypes.builtin().all())
                .allSatisfy(
                        logType -> {
                            assertThat(logType.description()).isNotBlank();
                            assertThat(logType.referenceUrl()).startsWith("https://");
                        });
        assertThat(LogTypes.builtin().find("AWS.Nothing")).isEmpty();
    }

    private static LogType any(String name) throws SchemaException {
        return logType("schema: " + name + "\nfields: [{name: a, type: json}]");
    }

    private static LogType requiring(String name, String field) throws SchemaException {
        return logType(
                "schema: " + name + "\nfields: [{name: " + field + ", type: int, required: true}]");
    }

    private static LogType logType(String yaml) throws SchemaException {
        return new LogType(SchemaReader.read("test.yml", new StringReader(yaml)));
    }

    private static String logType(Classifier classifier, String record) {
        return ((Accepted) classify(classifier, record, CONTEXT)).logType();
    }

    private static List<Event> events(Classifier classifier, String record, RecordContext context) {
        return ((Accepted) classify(classifier, record, context)).events();
    }

    private static Classification classify(
            Classifier classifier, String record, RecordContext context) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        return classifier.classify(bytes, 0, bytes.length, context);
    }
}
