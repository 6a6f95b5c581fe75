package dev.caracal.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3FileSinkITCase {

    private static final int LINES = 15_000;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    /** The failures that are still to come. */
    private static final Set<Integer> FAILURES_LEFT = ConcurrentHashMap.newKeySet();

    @Test
    void everyLineIsVisibleOnceAlthoughTheJobAndS3FailAgainAndAgain() throws Exception {
        FakeMultipartStore store = new FakeMultipartStore();
        FakeMultipartStore.BY_BUCKET.put("logs", store);
        FAILURES_LEFT.addAll(List.of(1, 2, 3));
        for (int i = 0; i < 2; i++) {
            store.completeFailures.add(FakeMultipartStore.error("SlowDown", 503));
            store.lostAnswers.add(FakeMultipartStore.error("InternalError", 500));
        }
        store.uploadFailures.add(FakeMultipartStore.error("InternalError", 500));

        run();

        assertThat(FAILURES_LEFT).isEmpty();
        assertThat(store.completeFailures).isEmpty();
        assertThat(store.lostAnswers).isEmpty();
        assertThat(store.lines())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, LINES).mapToObj(i -> "{\"n\":" + i + "}").toList());
        assertThat(store.keys()).allMatch(key -> key.startsWith("lake/n="));
    }

    private static void run() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of(
                                        "pipeline.generic-types", "false",
                                        "pipeline.object-reuse", "true",
                                        "execution.checkpointing.interval", "50 ms",
                                        "restart-strategy.type", "fixed-delay",
                                        "restart-strategy.fixed-delay.attempts", "100",
                                        "restart-strategy.fixed-delay.delay", "10 ms")));
        env.setParallelism(2);
        env.fromSource(
                        new NumberSequenceSource(0, LINES - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(new FailBetweenCheckpoints())
                .returns(Types.LONG)
                .sinkTo(
                        S3FileSink.<Long>builder()
                                .bucket("logs")
                                .prefix("lake")
                                .encoder(new NumberEncoder())
                                .connector(() -> FakeMultipartStore.connect("logs"))
                                .build());
        env.execute();
    }

    /** Fails some lines after a checkpoint, when there are open files, once for each failure. */
    private static final class FailBetweenCheckpoints extends RichMapFunction<Long, Long>
            implements CheckpointListener {

        private static final int LINES_AFTER = 200;

        private boolean checkpointed;
        private int since;

        @Override
        public Long map(Long number) {
            if (checkpointed && ++since == LINES_AFTER) {
                List<Integer> left = List.copyOf(FAILURES_LEFT);
                if (!left.isEmpty() && FAILURES_LEFT.remove(left.get(0))) {
                    throw new IllegalStateException("on purpose");
                }
            }
            // Slow enough for some checkpoints.
            if (number % 10 == 0) {
                LockSupport.parkNanos(100_000);
            }
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            checkpointed = true;
        }
    }

    private static final class NumberEncoder implements S3FileSink.Encoder<Long> {

        @Override
        public String partition(Long number) {
            return "n=" + number % 3;
        }

        @Override
        public byte[] line(Long number) {
            return ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        }
    }
}
