package dev.caracal.job.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.parsers.Event;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParseFunctionTest {

    private static final Duration TIME_TO_LIVE = Duration.ofDays(15);
    private static final String ROUTE =
            new Route("okta", "Okta logs", List.of("AWS.CloudTrail", "Okta.SystemLog")).encode();

    private KeyedOneInputStreamOperatorTestHarness<String, RecordBatch, Event> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, RecordBatch, Event> harness()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ParseFunction(TIME_TO_LIVE)),
                RecordBatch::lane,
                Types.STRING);
    }

    @Test
    void aRecordBecomesAnEventOfTheTypeThatAcceptsIt() throws Exception {
        process(batch("logs/one@e1", 0, okta("a"), okta("b")));

        assertThat(harness.extractOutputValues())
                .extracting(Event::logType, Event::sourceId)
                .containsExactly(tuple("Okta.SystemLog", "okta"), tuple("Okta.SystemLog", "okta"));
        assertThat(json(0)).contains("\"uuid\":\"a\"").contains("\"p_source_label\":\"Okta logs\"");
    }

    @Test
    void anObjectThatIsAnnouncedTwiceYieldsItsEventsOnce() throws Exception {
        process(batch("logs/one@e1", 0, okta("a"), okta("b")));
        process(batch("logs/one@e1", 0, okta("a")));
        process(batch("logs/one@e1", 1, okta("b"), okta("c")));
        process(batch("logs/one@e1", 2, okta("c")));

        assertThat(uuids()).containsExactly("a", "b", "c");
    }

    @Test
    void anOverwrittenObjectIsANewOne() throws Exception {
        process(batch("logs/one@e1", 0, okta("a")));
        process(batch("logs/one@e2", 0, okta("a")));

        assertThat(uuids()).containsExactly("a", "a");
        assertThat(harness.extractOutputValues()).extracting(Event::rowId).doesNotHaveDuplicates();
    }

    @Test
    void whatWasTakenIsRememberedOverARestart() throws Exception {
        process(batch("logs/one@e1", 0, okta("a"), okta("b")));
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();

        process(batch("logs/one@e1", 0, okta("a"), okta("b"), okta("c")));

        assertThat(uuids()).containsExactly("c");
    }

    @Test
    void aRecordThatTheReaderCouldNotHandOnLeavesAGapAndNoMore() throws Exception {
        process(batch("logs/one@e1", 0, okta("a")));
        process(batch("logs/one@e1", 5, okta("f")));
        process(batch("logs/one@e1", 0, okta("a")));

        assertThat(uuids()).containsExactly("a", "f");
    }

    @Test
    void whatNothingAcceptsIsADeadLetterWithEachReason() throws Exception {
        process(batch("logs/one@e1", 7, "{\"who\":\"knows\"}", okta("a")));

        assertThat(uuids()).containsExactly("a");
        Queue<StreamRecord<DeadLetter>> letters = harness.getSideOutput(ParseFunction.DEAD_LETTERS);
        DeadLetter letter = letters.element().getValue();
        assertThat(letter.text()).isEqualTo("{\"who\":\"knows\"}");
        assertThat(letter.recordIndex()).isEqualTo(7);
        assertThat(letter.object()).isEqualTo("s3://logs/one");
        assertThat(letter.sourceId()).isEqualTo("okta");
        assertThat(letter.detail()).contains("AWS.CloudTrail: ").contains("Okta.SystemLog: ");
        assertThat(letters).hasSize(1);
    }

    private void process(RecordBatch batch) throws Exception {
        harness.processElement(batch, 0);
    }

    private List<String> uuids() {
        return harness.extractOutputValues().stream()
                .map(event -> new String(event.json(), StandardCharsets.UTF_8))
                .map(json -> json.replaceAll(".*\"uuid\":\"(.)\".*", "$1"))
                .toList();
    }

    private String json(int index) {
        return new String(harness.extractOutputValues().get(index).json(), StandardCharsets.UTF_8);
    }

    private static String okta(String uuid) {
        return """
               {"uuid":"%s","published":"2026-01-02T03:04:05.000Z","eventType":"user.session.start",\
               "version":"0","severity":"INFO"}"""
                .formatted(uuid);
    }

    private static RecordBatch batch(String objectId, long firstIndex, String... records) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int[] ends = new int[records.length];
        for (int i = 0; i < records.length; i++) {
            data.writeBytes(records[i].getBytes(StandardCharsets.UTF_8));
            ends[i] = data.size();
        }
        return new RecordBatch(
                "logs/3",
                ROUTE,
                objectId,
                "s3://logs/one",
                new byte[0],
                firstIndex,
                data.toByteArray(),
                ends,
                false,
                0);
    }
}
