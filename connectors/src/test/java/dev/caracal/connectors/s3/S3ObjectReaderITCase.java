package dev.caracal.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class S3ObjectReaderITCase {

    private static final int PARALLELISM = 2;
    private static final int OBJECTS = 8;
    private static final int RECORDS = 200_000;
    private static final int WIDTH = 120;
    private static final int FAILURES = 8;

    /** Numbers that each of the source's two subtasks counts. */
    private static final int RANGE = 500_000_000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(PARALLELISM)
                            .build());

    @BeforeEach
    void reset() {
        Seen.COMPLETE.clear();
        Seen.WRONG.clear();
        Seen.FAILURES_LEFT.set(0);
        GeneratedStore.RESUMED.set(0);
    }

    @Test
    void everyRecordArrivesOnceThroughFailuresInsideObjects() throws Exception {
        Seen.FAILURES_LEFT.set(FAILURES);
        StreamExecutionEnvironment env = environment();
        topology(env, OBJECTS, RECORDS);
        JobClient job = env.executeAsync();

        await().atMost(Duration.ofSeconds(120))
                .until(() -> Seen.COMPLETE.size() == OBJECTS || !Seen.WRONG.isEmpty());
        job.cancel().get();

        assertThat(Seen.WRONG).isEmpty();
        assertThat(Seen.COMPLETE)
                .hasSize(OBJECTS)
                .allSatisfy((object, records) -> assertThat(records).isEqualTo(RECORDS));
        assertThat(Seen.FAILURES_LEFT).hasValueLessThanOrEqualTo(0);
        assertThat(GeneratedStore.RESUMED).hasPositiveValue();
    }

    /** The objects have no end, so that a barrier that waited for one would never pass. */
    @Test
    void barriersPassInTheMiddleOfBigObjectsAtCapacity(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        StreamExecutionEnvironment env = environment();
        read(env, Integer.MAX_VALUE, Integer.MAX_VALUE).sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();

        await().atMost(Duration.ofSeconds(90)).until(() -> completed(cluster, job) >= 40);
        CheckpointStatsSnapshot stats = stats(cluster, job);
        job.cancel().get();

        var millis = stats.getSummaryStats().getEndToEndDurationStats();
        System.out.printf(
                "Checkpoints at capacity: %d, p50 %.0f ms, p99 %.0f ms, max %d ms%n",
                stats.getCounts().getNumberOfCompletedCheckpoints(),
                millis.getQuantile(0.5),
                millis.getQuantile(0.99),
                millis.getMaximum());
        // Far above what an idle machine shows; the test machine may be busy.
        assertThat(millis.getQuantile(0.5)).isLessThan(2_000);
    }

    @Test
    void theReaderIsChainedToItsSource() {
        StreamExecutionEnvironment env = environment();
        topology(env, OBJECTS, RECORDS);

        assertThat(env.getStreamGraph().getJobGraph().getVertices())
                .extracting(JobVertex::getName)
                .anyMatch(name -> name.contains("Source") && name.contains(S3ObjectReader.NAME));
    }

    private static long completed(MiniCluster cluster, JobClient job) throws Exception {
        CheckpointStatsSnapshot stats = stats(cluster, job);
        return stats == null ? 0 : stats.getCounts().getNumberOfCompletedCheckpoints();
    }

    private static CheckpointStatsSnapshot stats(MiniCluster cluster, JobClient job)
            throws Exception {
        return cluster.getExecutionGraph(job.getJobID()).get().getCheckpointStatsSnapshot();
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of(
                                        "execution.checkpointing.interval", "100 ms",
                                        "execution.checkpointing.tolerable-failed-checkpoints",
                                                "1000",
                                        "restart-strategy.type", "fixed-delay",
                                        "restart-strategy.fixed-delay.attempts", "100",
                                        "restart-strategy.fixed-delay.delay", "0 s",
                                        "pipeline.generic-types", "false",
                                        "pipeline.object-reuse", "true",
                                        "pipeline.auto-watermark-interval", "0")));
        env.setParallelism(PARALLELISM);
        return env;
    }

    private static void topology(StreamExecutionEnvironment env, int objects, int records) {
        read(env, objects, records)
                .keyBy(RecordBatch::object)
                .process(new Seen())
                .sinkTo(new DiscardingSink<>());
    }

    /** From a source that never ends, since no barrier passes while a bounded input drains. */
    private static DataStream<RecordBatch> read(
            StreamExecutionEnvironment env, int objects, int records) {
        Configuration options = new Configuration();
        options.setString("reader.concurrency", "2");
        var announced =
                env.fromSource(
                                new NumberSequenceSource(0, 2L * RANGE - 1),
                                WatermarkStrategy.noWatermarks(),
                                "Source")
                        .map(new Announce(objects, records))
                        .returns(TypeInformation.of(S3Object.class));
        return S3ObjectReader.apply(
                announced, connections -> new GeneratedStore(), LineCutter::new, options);
    }

    /** Both subtasks of the source count in ranges of their own; the beginnings are the objects. */
    private record Announce(int objects, int records) implements MapFunction<Long, S3Object> {

        @Override
        public S3Object map(Long number) {
            long inRange = number % RANGE;
            boolean wanted = inRange < objects / PARALLELISM;
            String key = wanted ? "lines/" + records + "/" + number : "hold";
            return ReaderTester.object(key);
        }
    }

    /** {@code lines/COUNT/NUMBER} has that many lines, gzipped if odd; {@code hold} never ends. */
    private static final class GeneratedStore implements ObjectStore {

        static final AtomicInteger RESUMED = new AtomicInteger();

        private static final Map<Integer, byte[]> GZIPPED = new ConcurrentHashMap<>();

        @Override
        public ObjectContent open(S3Object object, boolean resume) {
            if (resume) {
                RESUMED.incrementAndGet();
            }
            return new ObjectContent(content(object.ref().key()), "", "e", () -> {});
        }

        private static InputStream content(String key) {
            if (key.equals("hold")) {
                return FakeObjectStore.blocking(new CountDownLatch(1));
            }
            String[] parts = key.split("/", -1);
            int count = Integer.parseInt(parts[1]);
            if (Long.parseLong(parts[2]) % 2 == 1 && count <= RECORDS) {
                return new ByteArrayInputStream(
                        GZIPPED.computeIfAbsent(count, GeneratedStore::gzip));
            }
            return new GeneratedLines(count, WIDTH);
        }

        private static byte[] gzip(int count) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                new GeneratedLines(count, WIDTH).transferTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public void close() {}
    }

    /**
     * Checks that the records of each object come once and in order; fails now and then, the last
     * time after a checkpoint, so that objects are resumed.
     */
    private static final class Seen extends KeyedProcessFunction<String, RecordBatch, String>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        static final Map<String, Long> COMPLETE = new ConcurrentHashMap<>();
        static final Queue<String> WRONG = new ConcurrentLinkedQueue<>();
        static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

        private transient ValueState<Long> next;
        private transient int untilFailure;
        private transient boolean checkpointed;

        @Override
        public void open(OpenContext context) {
            next = getRuntimeContext().getState(new ValueStateDescriptor<>("next", Types.LONG));
            untilFailure = ThreadLocalRandom.current().nextInt(5, 80);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
        }

        @Override
        public void processElement(RecordBatch batch, Context context, Collector<String> out)
                throws Exception {
            boolean mayFail = checkpointed || FAILURES_LEFT.get() > 1;
            if (--untilFailure <= 0 && mayFail && FAILURES_LEFT.getAndDecrement() > 0) {
                throw new IllegalStateException("Failure on purpose");
            }
            long expected = next.value() == null ? 0 : next.value();
            if (batch.firstIndex() != expected) {
                WRONG.add(batch.object() + ": " + batch.firstIndex() + ", not " + expected);
            }
            for (int i = 0; i < batch.size(); i++) {
                if (GeneratedLines.index(batch.data(), batch.start(i)) != expected + i) {
                    WRONG.add(batch.object() + ": wrong text at " + (expected + i));
                }
            }
            next.update(expected + batch.size());
            if (batch.last()) {
                COMPLETE.put(batch.object(), expected + batch.size());
            }
        }
    }
}
