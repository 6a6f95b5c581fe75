package dev.caracal.job.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.job.health.SourceCount;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.parsers.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseFunctionTest {

    private static final Duration TIME_TO_LIVE = Duration.ofDays(15);
    private static final String ROUTE =
            new Route("okta", "Okta logs", List.of("AWS.CloudTrail", "Okta.SystemLog")).encode();

    private static final String ACME_ROUTE =
            new Route("acme", "Acme logs", List.of("Acme.Audit", "Acme.Login")).encode();

    /** Of the record {@code okta}. */
    private static final long EVENT_TIME = Instant.parse("2026-01-02T03:04:05Z").toEpochMilli();

    @TempDir private Path control;

    private KeyedBroadcastOperatorTestHarness<String, RecordBatch, SchemaSet, Event> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private KeyedBroadcastOperatorTestHarness<String, RecordBatch, SchemaSet, Event> harness()
            throws Exception {
        ParseFunction function =
                new ParseFunction(
                        new ControlLocation(
                                control.toString(), new AwsSettings("us-east-1", Map.of())),
                        TIME_TO_LIVE);
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(function, List.of(ParseFunction.SCHEMAS)),
                RecordBatch::lane,
                Types.STRING,
                1,
                1,
                0);
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
        restart();

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
        DeadLetter letter = letters().get(0);
        assertThat(letter.text()).isEqualTo("{\"who\":\"knows\"}");
        assertThat(letter.recordIndex()).isEqualTo(7);
        assertThat(letter.object()).isEqualTo("s3://logs/one");
        assertThat(letter.sourceId()).isEqualTo("okta");
        assertThat(letter.detail()).contains("AWS.CloudTrail: ").contains("Okta.SystemLog: ");
        assertThat(letter.reason()).isEqualTo("classification-failure");
        assertThat(letters()).hasSize(1);
    }

    @Test
    void aVeryLongRecordIsCutInItsDeadLetter() throws Exception {
        String half = "x".repeat(RejectedRecord.MAX_TEXT_BYTES - 1);
        process(batch("logs/one@e1", 0, half + "\u00e9\u00e9", half));

        assertThat(letters()).extracting(DeadLetter::text).containsExactly(half, half);
        assertThat(letters().get(0).detail())
                .endsWith("; text has the first 1048575 of 1048579 bytes");
        assertThat(letters().get(1).detail()).doesNotContain("; text has");
    }

    @Test
    void theTypeThatWorkedIsTriedFirstWhereTwoAcceptARecord() throws Exception {
        broadcast(schema("Acme.Audit", "user"), schema("Acme.Login", "user, ip"));

        process(acme("a", 0, "{\"user\":\"u\"}", "{\"user\":\"u\",\"ip\":\"i\"}"));
        assertThat(logTypes()).containsExactly("Acme.Audit", "Acme.Audit");

        // One that only the second accepts moves it to the front.
        broadcast(schema("Acme.Audit", "user, audit"), schema("Acme.Login", "user"));
        process(acme("b", 0, "{\"user\":\"u\"}", "{\"user\":\"u\",\"audit\":\"a\"}"));
        assertThat(logTypes().subList(2, 4)).containsExactly("Acme.Login", "Acme.Login");
        restart();
        process(acme("c", 0, "{\"user\":\"u\",\"audit\":\"a\"}"));
        assertThat(logTypes()).containsExactly("Acme.Login");
    }

    @Test
    void aTaskThatStartsAfreshReadsTheSchemasItself() throws Exception {
        store(schema("Acme.Audit", "user"));

        process(acme("a", 0, "{\"user\":\"u\"}"));

        assertThat(logTypes()).containsExactly("Acme.Audit");
    }

    @Test
    void aLogTypeThatIsNewerThanTheBroadcastIsLookedFor() throws Exception {
        store(schema("Acme.Login", "ip"));
        process(acme("a", 0, "{\"ip\":\"i\"}"));
        store(schema("Acme.Audit", "user"), schema("Acme.Login", "ip"));
        // A broadcast of the time before makes it unknown once more.
        broadcast(schema("Acme.Login", "ip"));

        process(acme("b", 0, "{\"user\":\"u\"}"));

        assertThat(logTypes()).containsExactly("Acme.Login", "Acme.Audit");
    }

    @Test
    void aLogTypeThatDoesNotExistIsNamedInTheDeadLetter() throws Exception {
        process(acme("a", 0, "{\"user\":\"u\"}"));
        store(schema("Acme.Login", "ip"));
        broadcast(schema("Acme.Login", "ip"));
        process(acme("b", 0, "{\"user\":\"u\"}", "{\"ip\":\"i\"}"));

        assertThat(logTypes()).containsExactly("Acme.Login");
        assertThat(letters())
                .extracting(DeadLetter::reason)
                .containsExactly("unknown-log-type", "unknown-log-type");
        assertThat(letters().get(0).detail())
                .isEqualTo(
                        "Acme.Audit: there is no such log type;"
                                + " Acme.Login: there is no such log type");
        assertThat(letters().get(1).detail())
                .startsWith("Acme.Login: ")
                .endsWith("; Acme.Audit: there is no such log type");
    }

    @Test
    void schemasTakeEffectBetweenTwoBatchesAndAreRememberedOverARestart() throws Exception {
        broadcast(schema("Acme.Audit", "user"), schema("Acme.Login", "ip"));
        process(acme("a", 0, "{\"user\":\"u\"}"));
        broadcast(schema("Acme.Audit", "user, action"), schema("Acme.Login", "ip"));
        process(acme("b", 0, "{\"user\":\"u\"}", "{\"user\":\"u\",\"action\":\"x\"}"));

        assertThat(logTypes()).containsExactly("Acme.Audit", "Acme.Audit");
        assertThat(letters()).extracting(DeadLetter::recordIndex).containsExactly(0L);

        // The location holds other files meanwhile: what was in force counts.
        store(schema("Acme.Audit", "user"));
        restart();
        process(acme("c", 0, "{\"user\":\"u\"}", "{\"ip\":\"i\"}"));
        assertThat(logTypes()).containsExactly("Acme.Login");
        assertThat(letters()).extracting(DeadLetter::recordIndex).containsExactly(0L);
    }

    private void process(RecordBatch batch) throws Exception {
        harness.processElement(batch, 0);
    }

    private void broadcast(SchemaSource... schemas) throws Exception {
        harness.processBroadcastElement(new SchemaSet(List.of(schemas)), 0);
    }

    private void store(SchemaSource... schemas) throws IOException {
        for (SchemaSource schema : schemas) {
            Path file = control.resolve(schema.path());
            Files.createDirectories(file.getParent());
            Files.writeString(file, schema.yaml());
        }
    }

    private void restart() throws Exception {
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
    }

    private List<String> logTypes() {
        return harness.extractOutputValues().stream().map(Event::logType).toList();
    }

    @Test
    void whatBecameOfTheRecordsIsCountedForTheirLogSource() throws Exception {
        process(batch("logs/one@e1", 0, okta("a"), "{\"who\":\"knows\"}", okta("b")));
        process(batch("logs/one@e1", 0, okta("a"), "{\"who\":\"knows\"}", okta("b"), okta("c")));
        process(batch("logs/one@e1", 0, okta("a")));

        Queue<StreamRecord<SourceCount>> counts =
                harness.getSideOutput(ParseFunction.SOURCE_COUNTS);
        assertThat(counts)
                .extracting(StreamRecord::getValue)
                .containsExactly(
                        okta("Okta.SystemLog", 2, 2 * okta("a").length(), 2, EVENT_TIME),
                        okta("", 1, "{\"who\":\"knows\"}".length(), 0, 0),
                        okta("Okta.SystemLog", 1, okta("c").length(), 1, EVENT_TIME));
    }

    private static SourceCount okta(
            String logType, long records, long bytes, long events, long lastEventMillis) {
        return new SourceCount(
                "okta", "Okta logs", logType, records, bytes, 0, events, lastEventMillis);
    }

    private List<DeadLetter> letters() {
        Queue<StreamRecord<DeadLetter>> letters = harness.getSideOutput(ParseFunction.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }

    /** A schema whose fields are all required. */
    private static SchemaSource schema(String name, String fields) {
        StringBuilder yaml = new StringBuilder("schema: " + name + "\nfields:\n");
        for (String field : fields.split(", ")) {
            yaml.append("- {name: ").append(field).append(", type: string, required: true}\n");
        }
        return new SchemaSource("schemas/" + name + ".yml", yaml.toString());
    }

    private static RecordBatch acme(String objectId, long firstIndex, String... records) {
        return batch(ACME_ROUTE, objectId, firstIndex, records);
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
        return batch(ROUTE, objectId, firstIndex, records);
    }

    private static RecordBatch batch(
            String route, String objectId, long firstIndex, String[] records) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int[] ends = new int[records.length];
        for (int i = 0; i < records.length; i++) {
            data.writeBytes(records[i].getBytes(StandardCharsets.UTF_8));
            ends[i] = data.size();
        }
        return new RecordBatch(
                "logs/3",
                route,
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
