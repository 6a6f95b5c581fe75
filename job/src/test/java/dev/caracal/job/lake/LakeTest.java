package dev.caracal.job.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.connectors.lake.LakeUpkeep;
import dev.caracal.connectors.lake.UpkeepSettings;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.parsers.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

    private static final UpkeepSettings UPKEEP =
            new UpkeepSettings(
                    Duration.ofMinutes(10), Duration.ZERO, Map.of("*", LakeFolder.MAX_EVENT_AGE));
    private static final TypeInformation<LakeDocument> DOCUMENT = Types.POJO(LakeDocument.class);

    private static final String ACME =
            """
            schema: Acme.Audit
            fields:
              - {name: user, type: string}
            """;
    private static final String ACME_WITH_COUNT = ACME + "  - {name: count, type: bigint}\n";

    @TempDir private Path folder;

    private LakeFolder lake;

    @BeforeEach
    void setUp() {
        lake = new LakeFolder(folder.resolve("lake"));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String logType, String rowId, String eventTime, String members) {
        return "{"
                + members
                + ",\"p_log_type\":\""
                + logType
                + "\",\"p_row_id\":\""
                + rowId
                + "\",\"p_event_time\":\""
                + eventTime
                + "\",\"p_parse_time\":\"2026-11-24 12:00:00.000000000\"}";
    }

    private static Event event(String logType, int id, String members) {
        String json = json(logType, "r" + id, "2026-11-24 05:06:07.000000000", members);
        return new Event(logType, "r" + id, 0, 0, "", bytes(json));
    }

    private static LakeDocument acme(String yaml, String rowId, String time, String members) {
        return new LakeDocument(
                "Acme.Audit", yaml, bytes(json("Acme.Audit", rowId, time, members)));
    }

    @Test
    void eventsOfThreeLogTypesAreRowsOfThreeTables() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            events.add(
                    event(
                            "AWS.CloudTrail",
                            i,
                            "\"eventName\":\"Event"
                                    + i
                                    + "\",\"userIdentity\":{\"type\":\"Root\"}"
                                    + ",\"requestParameters\":{\"n\":"
                                    + i
                                    + "},\"p_any_ip_addresses\":[\"192.0.2."
                                    + i
                                    + "\"]"));
            events.add(event("Okta.SystemLog", i, "\"uuid\":\"u" + i + "\""));
            events.add(event("Acme.Audit", i, "\"user\":\"user" + i + "\""));
        }
        StreamExecutionEnvironment env = LakeFolder.environment();
        DataStream<Event> stream =
                env.fromData(events, TypeInformation.of(Event.class)).uid("events");
        DataStream<SchemaSet> schemas =
                env.fromData(
                                List.of(new SchemaSet(List.of(new SchemaSource("acme.yml", ACME)))),
                                TypeInformation.of(SchemaSet.class))
                        .uid("schemas");
        ControlLocation control = new ControlLocation(controlFolder(), LakeFolder.AWS);
        new Lake(lake.settings(), UPKEEP, LakeFolder.MAX_EVENT_AGE)
                .addEvents(stream, schemas, control);
        env.execute();

        assertThat(lake.rows("aws_cloudtrail"))
                .hasSize(30)
                .extracting(row -> row.getField("eventName"))
                .contains("Event0", "Event29");
        Record first =
                lake.rows("aws_cloudtrail").stream()
                        .filter(row -> row.getField("eventName").equals("Event7"))
                        .findFirst()
                        .orElseThrow();
        assertThat(first.getField("p_event_time")).hasToString("2026-11-24T05:06:07Z");
        assertThat(first.getField("requestParameters")).isEqualTo("{\"n\":7}");
        assertThat(((Record) first.getField("userIdentity")).getField("type")).isEqualTo("Root");
        assertThat(first.getField("p_any_ip_addresses")).isEqualTo(List.of("192.0.2.7"));
        assertThat(lake.rows("okta_systemlog")).hasSize(30);
        assertThat(lake.rows("acme_audit"))
                .extracting(row -> row.getField("user"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> (Object) ("user" + i)).toList());
    }

    /** The schema is there for tasks that meet the log type before the broadcast comes. */
    private String controlFolder() throws IOException {
        Path schemas = folder.resolve("control").resolve("schemas");
        Files.createDirectories(schemas);
        Files.writeString(schemas.resolve("acme.yml"), ACME);
        return folder.resolve("control").toString();
    }

    @Test
    void aTableGainsTheColumnsThatItsSchemaGains() throws Exception {
        String time = "2026-11-24 05:06:07.000000000";
        write(
                acme(ACME, "1", time, "\"user\":\"ann\",\"count\":1"),
                acme(ACME_WITH_COUNT, "2", time, "\"user\":\"bob\",\"count\":2"),
                acme(ACME_WITH_COUNT, "3", time, "\"user\":\"cyd\",\"count\":3"));

        assertThat(lake.rows("acme_audit"))
                .extracting(row -> row.getField("count"))
                .containsExactlyInAnyOrder(null, 2L, 3L);
        assertThat(lake.rows("acme_audit"))
                .extracting(row -> row.getField("p_unmapped"))
                .containsExactlyInAnyOrder("{\"count\":1}", null, null);
    }

    @Test
    void aColumnWhoseTypeChangesStaysAsItIs() throws Exception {
        String time = "2026-11-24 05:06:07.000000000";
        write(acme(ACME, "1", time, "\"user\":\"ann\""));
        write(acme(ACME.replace("string", "bigint"), "2", time, "\"user\":12"));
        assertThat(lake.rows("acme_audit"))
                .extracting(row -> row.getField("user"))
                .containsExactlyInAnyOrder("ann", "12");
    }

    @Test
    void absurdTimesOpenNoPartitionsOfTheirOwn() throws Exception {
        List<LakeDocument> documents = new ArrayList<>();
        for (int year = 1900; year < 2100; year++) {
            documents.add(
                    acme(ACME, "" + year, year + "-06-01 00:00:00.000000000", "\"user\":\"\""));
        }
        documents.add(acme(ACME, "soon", "2026-11-25 11:00:00.000000000", "\"user\":\"\""));
        write(documents.toArray(LakeDocument[]::new));

        Table table = lake.table("acme_audit");
        List<String> partitions =
                files("acme_audit").stream()
                        .map(
                                file ->
                                        table.specs()
                                                .get(file.specId())
                                                .partitionToPath(file.partition()))
                        .toList();
        assertThat(partitions)
                .containsOnly(
                        "p_parse_time_day=2026-11-24",
                        "p_event_time_day=2026-06-01",
                        "p_event_time_day=2026-11-25");
        assertThat(lake.rows("acme_audit")).hasSize(201);
    }

    @Test
    void upkeepMergesSmallFilesAndRemovesWhatIsOver() throws Exception {
        LakeDocument[] documents = new LakeDocument[80];
        for (int i = 0; i < documents.length; i++) {
            String day = i < 40 ? "2026-11-24" : "2025-12-01";
            documents[i] = acme(ACME, "" + i, day + " 05:06:07.000000000", "\"user\":\"\"");
        }
        write(10, documents);
        assertThat(files("acme_audit")).hasSize(20);

        try (LakeUpkeep upkeep = new LakeUpkeep(lake.settings(), UPKEEP)) {
            upkeep.run(Instant.parse("2026-11-25T00:00:00Z"));
            assertThat(files("acme_audit")).hasSize(2);
            assertThat(lake.rows("acme_audit"))
                    .extracting(row -> row.getField("p_row_id"))
                    .doesNotHaveDuplicates()
                    .hasSize(80);

            upkeep.run(Instant.parse("2026-12-25T00:00:00Z"));
            assertThat(lake.rows("acme_audit")).hasSize(40);
            assertThat(lake.table("acme_audit").currentSnapshot().summary())
                    .containsKey("flink.max-committed-checkpoint-id");
        }
    }

    private List<DataFile> files(String name) throws IOException {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = lake.table(name).newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        }
        return files;
    }

    private void write(LakeDocument... documents) throws Exception {
        write(1, documents);
    }

    private void write(int parallelism, LakeDocument... documents) throws Exception {
        define(parallelism, documents).execute();
    }

    private StreamExecutionEnvironment define(int parallelism, LakeDocument... documents) {
        StreamExecutionEnvironment env = LakeFolder.environment();
        env.setParallelism(parallelism);
        LakeSink.append(
                env.fromData(List.of(documents), DOCUMENT)
                        .setParallelism(1)
                        .uid("documents")
                        .rebalance()
                        .map(document -> document)
                        .returns(DOCUMENT)
                        .uid("spread"),
                lake.generator(),
                lake.settings(),
                "lake-events");
        return env;
    }

    @Test
    void operatorsHaveTheSameIdsAndNamesWheneverTheJobIsSubmitted() {
        LakeDocument document = acme(ACME, "1", "2026-11-24 05:06:07.000000000", "");
        StreamGraph first = define(1, document).getStreamGraph();
        StreamGraph second = define(1, document).getStreamGraph();

        assertThat(first.getStreamNodes().stream().map(StreamNode::getOperatorName))
                .contains(
                        "LakeEventsRows",
                        "LakeEventsTables",
                        "lake-events-Forward-Writer",
                        "LakeEventsSink: Writer",
                        "LakeEventsSink: lake-events-aggregator Pre Commit",
                        "LakeEventsSink: Committer");
        assertThat(operatorIds(first)).isEqualTo(operatorIds(second)).doesNotHaveDuplicates();
    }

    private static List<OperatorID> operatorIds(StreamGraph graph) {
        return graph.getJobGraph().getVerticesSortedTopologicallyFromSources().stream()
                .flatMap(vertex -> vertex.getOperatorIDs().stream())
                .map(OperatorIDPair::getGeneratedOperatorID)
                .toList();
    }

    @Test
    void rowsAreThereOnceAfterAFailure() throws Exception {
        FailOnce.failed = false;
        StreamExecutionEnvironment env = LakeFolder.environment();
        DataStream<LakeDocument> documents =
                env.fromSource(
                                new NumberSequenceSource(1, FailOnce.COUNT),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .uid("numbers")
                        .map(new FailOnce())
                        .returns(DOCUMENT)
                        .uid("fail-once");
        LakeSink.append(documents, lake.generator(), lake.settings(), "lake-events");
        env.execute();

        assertThat(FailOnce.failed).isTrue();
        assertThat(lake.rows("acme_audit"))
                .extracting(row -> row.getField("p_row_id"))
                .doesNotHaveDuplicates()
                .hasSize(FailOnce.COUNT);
    }

    /** Fails in mid-stream, after two checkpoints have been committed. */
    private static final class FailOnce extends RichMapFunction<Long, LakeDocument>
            implements CheckpointListener {

        private static final int COUNT = 8_000;
        private static volatile boolean failed;

        private int checkpoints;

        @Override
        public LakeDocument map(Long number) {
            // Slow enough for some checkpoints.
            LockSupport.parkNanos(150_000);
            if (checkpoints == 2 && !failed) {
                failed = true;
                throw new IllegalStateException("Fails on purpose");
            }
            return acme(ACME, "" + number, "2026-11-24 05:06:07.000000000", "\"user\":\"\"");
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpoints++;
        }
    }
}
