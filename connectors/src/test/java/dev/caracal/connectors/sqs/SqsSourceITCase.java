package dev.caracal.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqsSourceITCase {

    private static final String URL = "http://127.0.0.1/123456789012/logs";
    private static final int MESSAGES = 2000;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @Test
    void everyMessageIsEmittedAndDeletedAlthoughTheJobFailsOnce() throws Exception {
        FakeSqsQueue queue = new FakeSqsQueue(URL, Duration.ofMillis(100), Duration.ofSeconds(3));
        queue.send(0, MESSAGES);
        FakeSqsQueue.BY_URL.put(URL, queue);

        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of(
                                        "pipeline.generic-types", "false",
                                        "pipeline.object-reuse", "true",
                                        "execution.checkpointing.interval", "100 ms",
                                        "restart-strategy.type", "fixed-delay",
                                        "restart-strategy.fixed-delay.delay", "10 ms")));
        env.setParallelism(2);
        SqsSource source =
                SqsSource.builder()
                        .config(env.getConfiguration())
                        .config(
                                Configuration.fromMap(
                                        Map.of(
                                                "sqs.queue-url", URL,
                                                "sqs.receive.parallelism", "4",
                                                "sqs.visibility-timeout", "3 s",
                                                "sqs.max-in-flight", "200")))
                        .untilEmptyPolls(8)
                        .connector(FakeSqsQueue::connect)
                        .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "sqs")
                .map(new FailOnce())
                .sinkTo(new DiscardingSink<>());
        env.execute();

        assertThat(FAILED).isTrue();
        assertThat(SEEN)
                .containsAll(IntStream.range(0, MESSAGES).mapToObj(i -> "body-" + i).toList());
        assertThat(queue.deletedBodies).hasSize(MESSAGES);
        assertThat(queue.hidden()).isZero();
        assertThat(queue.visible()).isZero();
    }

    /** Fails after the first checkpoint, so that there is something to lose. */
    private static final class FailOnce extends RichMapFunction<SqsMessage, String>
            implements CheckpointListener {

        private boolean checkpointed;
        private int since;

        @Override
        public String map(SqsMessage message) {
            SEEN.add(message.body());
            since = checkpointed ? since + 1 : 0;
            if (since == 50 && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("on purpose");
            }
            return message.body();
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            checkpointed = true;
        }
    }
}
