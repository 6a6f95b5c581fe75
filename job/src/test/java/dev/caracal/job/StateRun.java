package dev.caracal.job;

import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSource;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.sns.SnsTransport;
import dev.caracal.connectors.sqs.MemoryQueue;
import dev.caracal.connectors.sqs.SqsQueuesSource;
import dev.caracal.connectors.sqs.SqsTransport;
import dev.caracal.connectors.webhook.WebhookTransport;
import dev.caracal.job.alert.AlertClock;
import dev.caracal.job.alert.AlertOptions;
import dev.caracal.job.lake.Lake;
import dev.caracal.job.queue.LogSourceQueues;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Match;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole job in this process, on logs that are always the same, between a queue, objects and
 * outputs in memory. Time is that of the events, so that a savepoint does not age.
 */
final class StateRun implements AutoCloseable {

    static final String FIRST = "first.json";
    static final String HALF_READ = "half-read.json";

    static final int FIRST_RECORDS = 500;

    /** Bytes of the larger object after which a run may be held up. */
    static final long HALF = 600_000;

    static final int ALL_EVENTS = 3_040;

    /** So many late objects that every subtask has one, and its clock goes on. */
    private static final int ENDS = 40;

    static final String LAST = "last.json";

    private static final Pattern PARSE_TIME = Pattern.compile("\"p_parse_time\":\"[^\"]*\",");

    /** When all periods have ended, in seconds. */
    private static final int LATE = (int) Duration.ofDays(60).toSeconds();

    /** Every fiftieth event but the late ones. */
    private static final long ALL_MATCHES = 60;

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/state";
    private static final Instant START = Instant.parse("2026-01-02T00:00:00Z");
    private static final Queue<Object> OUTPUT = new ConcurrentLinkedQueue<>();

    private final MiniCluster cluster;
    private final JobID job;

    static StateRun start(Path folder, int parallelism) throws Exception {
        return new StateRun(folder, parallelism, SavepointRestoreSettings.none());
    }

    static StateRun restore(Path folder, int parallelism, Path savepoint) throws Exception {
        return new StateRun(
                folder,
                parallelism,
                SavepointRestoreSettings.forPath(savepoint.toUri().toString(), false));
    }

    /** Where the job has a lake, if the folder is there. */
    static Path lake(Path folder) {
        return folder.resolveSibling("lake");
    }

    private StateRun(Path folder, int parallelism, SavepointRestoreSettings savepoint)
            throws Exception {
        OUTPUT.clear();
        writeControlFiles(folder);
        writeObjects();
        Configuration configuration = configuration();
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(parallelism)
                                .build());
        cluster.start();
        JobGraph graph = graph(folder, parallelism, configuration);
        graph.setSavepointRestoreSettings(savepoint);
        job = cluster.submitJob(graph).get().getJobID();
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "1 s");
        configuration.setString("state.backend.type", "hashmap");
        // All state in one file.
        configuration.setString("execution.checkpointing.data-inline-threshold", "1 mb");
        configuration.setString("rest.bind-port", "0");
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("pipeline.object-reuse", "true");
        configuration.setString("pipeline.auto-generate-uids", "false");
        configuration.setString("pipeline.max-parallelism", "8");
        configuration.setString("restart-strategy.type", "none");
        return configuration;
    }

    private static JobGraph graph(Path folder, int parallelism, Configuration configuration) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        Configuration options = new Configuration(configuration);
        options.setString("sqs.queue-url", QUEUE);
        options.setString("aws.region", "us-east-1");
        options.set(JobOptions.BUILTIN_RULES, false);
        options.set(JobOptions.CONTROL_INTERVAL, Duration.ofMillis(500));
        options.set(JobOptions.OBJECT_TIME_TO_LIVE, Duration.ofDays(36_500));
        options.set(AlertOptions.CLOCK, AlertClock.EVENT_TIME);
        options.set(AlertOptions.ALLOWED_LATENESS, Duration.ofDays(30));
        options.set(AlertOptions.IDLE_TIMEOUT, Duration.ofDays(1));
        if (Files.exists(lake(folder))) {
            options.set(LakeOptions.WAREHOUSE, lake(folder).toString());
        }
        AwsSettings aws = AwsSettings.from(options);
        ControlLocation control = new ControlLocation(folder.toString(), aws);
        Topology.define(
                env,
                new Topology.Sources(
                        MemoryQueue.source(options),
                        SqsQueuesSource.of(
                                new LogSourceQueues(
                                        control, options.get(JobOptions.CONTROL_INTERVAL)),
                                options),
                        ControlSource.of(control, options.get(JobOptions.CONTROL_INTERVAL)),
                        control,
                        connections -> new GatedObjects()),
                new Topology.Sinks(
                        Optional.of(new Collected<Event>()),
                        new Collected<Match>(),
                        new Collected<Alert>(),
                        new Collected<DeadLetter>(),
                        Lake.from(options)),
                new Topology.Transports(
                        SnsTransport.factory(aws),
                        SqsTransport.factory(aws),
                        WebhookTransport.factory(options, aws)),
                aws,
                options);
        return env.getStreamGraph().getJobGraph();
    }

    private static void writeControlFiles(Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.writeString(
                sources.resolve("trail.yml"),
                """
                id: trail
                name: Trail
                accountId: "111122223333"
                bucket: trail
                prefixLogTypes:
                  - prefix: ""
                    logTypes: [AWS.CloudTrail]
                roleArn: arn:aws:iam::111122223333:role/CaracalLogProcessingRole-test
                externalId: external-id
                """);
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(
                rules.resolve("marker.py"),
                """
                def rule(event):
                    return event.get("eventName") == "Marker"

                def dedup(event):
                    return event.deep_get("userIdentity", "userName")
                """);
        Files.writeString(
                rules.resolve("marker.yml"),
                """
                AnalysisType: rule
                RuleID: Marker
                Filename: marker.py
                LogTypes: [AWS.CloudTrail]
                Severity: High
                Threshold: 3
                DedupPeriodMinutes: 1440
                """);
    }

    private static void writeObjects() {
        GatedObjects.put(FIRST, records("first", 0, FIRST_RECORDS));
        GatedObjects.put(HALF_READ, records("half-read", 0, 2_000));
        GatedObjects.put(LAST, records("last", 500, 500));
        for (int i = 0; i < ENDS; i++) {
            GatedObjects.put(end(i), records("end", LATE + 1 + i, 1));
        }
    }

    private static byte[] records(String id, int first, int count) {
        StringBuilder records = new StringBuilder();
        for (int i = first; i < first + count; i++) {
            records.append(
                    """
                    {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"user-%d"},\
                    "eventTime":"%s","eventSource":"ec2.amazonaws.com","eventName":"%s",\
                    "awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7","eventID":"%s-%d",\
                    "requestParameters":{"instanceId":"i-0123456789abcdef0"},\
                    "responseElements":null,"eventType":"AwsApiCall"}
                    """
                            .formatted(
                                    i % 3,
                                    START.plusSeconds(i),
                                    i % 50 == 0 ? "Marker" : "DescribeInstances",
                                    id,
                                    i));
        }
        return records.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String end(int number) {
        return "end-" + number + ".json";
    }

    void announce(String... keys) {
        for (String key : keys) {
            announce(key);
        }
    }

    /**
     * Announces one object again and the rest of the objects, and waits for what becomes of them.
     *
     * @param before the events that came out before the savepoint
     */
    void finish(int before) {
        announce(FIRST, LAST);
        awaitEvents(ALL_EVENTS - ENDS - before);
        for (int i = 0; i < ENDS; i++) {
            announce(end(i));
        }
        awaitEvents(ALL_EVENTS - before);
        await().atMost(LIMIT).until(() -> matchesInAlerts() == ALL_MATCHES);
    }

    private static long matchesInAlerts() {
        return output(Alert.class)
                .collect(Collectors.toMap(Alert::alertId, Alert::eventCount, Math::max))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void announce(String key) {
        MemoryQueue.at(QUEUE)
                .send(
                        """
                        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3",
                        "awsRegion":"us-east-1","eventTime":"%s","eventName":"ObjectCreated:Put",
                        "s3":{"bucket":{"name":"trail"},
                        "object":{"key":"%s","size":1000,"eTag":"etag-%s"}}}]}
                        """
                                .formatted(START, key, key));
    }

    /** The row ids of the events that have come so far. */
    static List<String> rowIds() {
        return output(Event.class).map(Event::rowId).toList();
    }

    /** All records of alerts, but for what the clock says of their events. */
    static List<String> alerts() {
        return output(Alert.class)
                .map(alert -> new String(alert.toJson(), StandardCharsets.UTF_8))
                .map(json -> PARSE_TIME.matcher(json).replaceAll(""))
                .sorted()
                .toList();
    }

    static List<DeadLetter> deadLetters() {
        return output(DeadLetter.class).toList();
    }

    private static <T> Stream<T> output(Class<T> type) {
        return OUTPUT.stream().filter(type::isInstance).map(type::cast);
    }

    void awaitEvents(int atLeast) {
        await().atMost(LIMIT)
                .until(
                        () -> {
                            if (cluster.getJobStatus(job).get().isTerminalState()) {
                                cluster.requestJobResult(job)
                                        .get()
                                        .toJobExecutionResult(getClass().getClassLoader());
                            }
                            return rowIds().size() >= atLeast;
                        });
    }

    /** Ends the job with a savepoint in Flink's format for all state backends. */
    Path stop(Path savepoints) throws Exception {
        String savepoint =
                cluster.triggerSavepoint(
                                job,
                                savepoints.toUri().toString(),
                                true,
                                SavepointFormatType.CANONICAL)
                        .get();
        return Path.of(URI.create(savepoint));
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }

    /** Keeps what comes in this process. */
    private static final class Collected<T> implements Sink<T> {

        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(T element, Context context) {
                    OUTPUT.add(element);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
