package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.CaracalJob;
import dev.caracal.job.JobOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The TaskManager is killed ten times while the job reads one object of 200,000 records and a queue
 * whose messages are records, and fills a lake.
 */
class ExactlyOnceITCase {

    private static final int RECORDS = 200_000;
    private static final int ALERT_EVERY = 1_000;
    private static final int KILLS = 10;
    private static final int OKTA_RECORDS = 2_000;
    private static final int BAD_RECORDS = 3;
    private static final int MESSAGES_BETWEEN_KILLS = 100;
    private static final int MESSAGES = KILLS * MESSAGES_BETWEEN_KILLS;

    /** In all files of events: two of each message. */
    private static final int EVENTS = RECORDS + OKTA_RECORDS + 1 + 2 * MESSAGES;

    /** What the tables hold in the end. */
    private static final Map<String, Long> ROWS =
            Map.of(
                    "aws_cloudtrail",
                    RECORDS + 1L,
                    "okta_systemlog",
                    (long) OKTA_RECORDS,
                    "acme_app",
                    2L * MESSAGES,
                    "rule_matches",
                    RECORDS / ALERT_EVERY + 1L,
                    "alerts",
                    RECORDS / ALERT_EVERY + 1L,
                    "dead_letters",
                    (long) BAD_RECORDS);

    @TempDir private Path folder;

    @Test
    void everyRecordAndEveryAlertAppearsOnceThoughTheJobIsKilled() throws Exception {
        Random random = new Random(20261124);
        try (WholeWay way = new WholeWay(folder);
                MiniCluster cluster = new MiniCluster(cluster())) {
            way.writeRule("marker", "Marker");
            way.writeSource("okta", "okta/", "Okta.SystemLog");
            String queueUrl = addQueue(way);
            cluster.start();
            JobID job = submit(cluster, way);
            awaitRunning(cluster, job);
            way.awaitSubscribed();
            way.put("AWSLogs/small.json", WholeWay.cloudTrail("small", "Marker"));
            // A class whose initialization is cut off is broken as long as this process lives. On
            // a cluster classes are loaded again.
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> rows().getOrDefault("rule_matches", 0L) == 1);
            RequestBody object = RequestBody.fromBytes(gzip());
            way.put("AWSLogs/big.json.gz", object);
            // Announced again, with the same content.
            way.put("AWSLogs/big.json.gz", object);

            for (int kill = 0; kill < KILLS; kill++) {
                send(way, queueUrl, kill * MESSAGES_BETWEEN_KILLS);
                if (kill == KILLS / 2) {
                    way.put("okta/events.json", okta());
                    way.put("AWSLogs/bad.json", "{\"bad\":true}\n".repeat(BAD_RECORDS));
                }
                awaitRunning(cluster, job);
                long moment = System.nanoTime() + random.nextInt(2_500) * 1_000_000L;
                await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() > moment);
                cluster.terminateTaskManager(kill).get();
                cluster.startTaskManager();
            }

            Map<String, Integer> events = new HashMap<>();
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> {
                                count(way.newOutput("events"), "p_row_id", events);
                                assertThat(events).hasSize(EVENTS);
                                assertThat(rows()).isEqualTo(ROWS);
                            });
            cluster.cancelJob(job).get();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> cluster.getJobStatus(job).get() == JobStatus.CANCELED);
            count(way.newOutput("events"), "p_row_id", events);
            assertThat(events).hasSize(EVENTS);
            assertThat(events.values()).containsOnly(1);

            Map<String, Integer> alerts = new HashMap<>();
            count(way.output("alerts"), "dedup", alerts);
            assertThat(alerts).hasSize(RECORDS / ALERT_EVERY + 1);
            assertThat(alerts.values()).containsOnly(1);
            assertThat(way.output("dead-letters")).hasSize(BAD_RECORDS);

            assertThat(rows()).isEqualTo(ROWS);
            Set<String> rowIds = rowIds("aws_cloudtrail");
            rowIds.addAll(rowIds("okta_systemlog"));
            rowIds.addAll(rowIds("acme_app"));
            assertThat(rowIds).isEqualTo(events.keySet());
            assertThat(rowIds("rule_matches")).hasSize(RECORDS / ALERT_EVERY + 1);
        }
    }

    /** A log source whose messages are of a log type of one's own; the URL of its queue. */
    private static String addQueue(WholeWay way) throws IOException {
        way.sqs().createQueue(request -> request.queueName("caracal-source-app"));
        String url = way.queueUrl("caracal-source-app");
        Path schemas = Files.createDirectories(way.control().resolve("schemas"));
        Files.writeString(
                schemas.resolve("app.yml"),
                """
                schema: Acme.App
                fields:
                  - name: number
                    type: bigint
                    required: true
                """);
        Files.writeString(
                way.control().resolve("sources").resolve("app.yml"),
                """
                type: sqs
                id: app
                name: App
                queueUrl: %s
                logTypes: [Acme.App]
                """
                        .formatted(url));
        return url;
    }

    /** Messages of two records each, from a number on. */
    private static void send(WholeWay way, String queueUrl, int first) {
        for (int message = first; message < first + MESSAGES_BETWEEN_KILLS; message += 10) {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (int i = message; i < message + 10; i++) {
                entries.add(
                        SendMessageBatchRequestEntry.builder()
                                .id("m" + i)
                                .messageBody(
                                        "{\"number\":"
                                                + 2 * i
                                                + "}\n{\"number\":"
                                                + (2 * i + 1)
                                                + "}")
                                .build());
            }
            way.sqs().sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
        }
    }

    /** How many rows each table of the lake has, as its files say. */
    private Map<String, Long> rows() throws IOException {
        Map<String, Long> rows = new HashMap<>();
        try (LakeReader reader = new LakeReader(lake())) {
            for (String table : reader.tables()) {
                rows.put(table, reader.content(table, Optional.empty(), Optional.empty()).rows());
            }
        }
        return rows;
    }

    /** Those of a table's rows, among which none comes twice. */
    private Set<String> rowIds(String table) throws IOException {
        LakeCatalog lake = new LakeCatalog(lake());
        List<String> rowIds = new ArrayList<>();
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(lake.loadCatalog().loadTable(lake.table(table)))
                        .select("p_row_id")
                        .build()) {
            records.forEach(row -> rowIds.add(row.getField("p_row_id").toString()));
        }
        assertThat(rowIds).hasSize(ROWS.get(table).intValue()).doesNotHaveDuplicates();
        return new HashSet<>(rowIds);
    }

    private LakeSettings lake() {
        return LakeSettings.from(lakeOptions()).orElseThrow();
    }

    private Configuration lakeOptions() {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.resolve("lake").toString());
        options.set(LakeOptions.UPKEEP_INTERVAL, Duration.ofSeconds(5));
        return options;
    }

    private static void count(Iterable<JsonNode> lines, String field, Map<String, Integer> counts) {
        lines.forEach(line -> counts.merge(line.path(field).asText(), 1, Integer::sum));
    }

    private MiniClusterConfiguration cluster() {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 100);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
        configuration.set(RestOptions.BIND_PORT, "0");
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress("127.0.0.1")
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build();
    }

    private JobID submit(MiniCluster cluster, WholeWay way) throws Exception {
        Configuration interval = new Configuration();
        interval.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(interval);
        env.setParallelism(2);
        Configuration options = way.jobOptions();
        options.addAll(lakeOptions());
        options.set(JobOptions.EVENT_FILES, true);
        CaracalJob.build(env, options);
        return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    private static void awaitRunning(MiniCluster cluster, JobID job) {
        await().atMost(Duration.ofMinutes(2))
                .until(
                        () ->
                                cluster.getExecutionGraph(job).get().getAllExecutionVertices()
                                                != null
                                        && allRunning(cluster, job));
    }

    private static boolean allRunning(MiniCluster cluster, JobID job) throws Exception {
        for (var vertex : cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            if (vertex.getExecutionState()
                    != org.apache.flink.runtime.execution.ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    private static String okta() {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < OKTA_RECORDS; i++) {
            records.append(
                    """
                    {"uuid":"%d","published":"2026-01-02T03:04:05Z","version":"0",\
                    "eventType":"user.session.start","severity":"INFO"}
                    """
                            .formatted(i));
        }
        return records.toString();
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < RECORDS; i++) {
                String name = i % ALERT_EVERY == 0 ? "Marker" : "DescribeInstances";
                out.write(WholeWay.cloudTrail("event-" + i, name).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
