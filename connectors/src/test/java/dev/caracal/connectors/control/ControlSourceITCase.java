package dev.caracal.connectors.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.aws.AwsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ControlSourceITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

    @TempDir Path folder;

    @Test
    void aMissingLocationIsAwaitedAndARestartEmitsOnceMore() throws Exception {
        Path location = folder.resolve("control");
        Path rule = location.resolve("rules/a.py");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of(
                                        "execution.checkpointing.interval", "50 ms",
                                        "restart-strategy.type", "fixed-delay",
                                        "restart-strategy.fixed-delay.attempts", "10",
                                        "restart-strategy.fixed-delay.delay", "0 s",
                                        "pipeline.generic-types", "false",
                                        "pipeline.object-reuse", "true")));
        env.setParallelism(1);
        env.fromSource(
                        ControlSource.of(
                                new ControlLocation(
                                        location.toString(), new AwsSettings("", Map.of())),
                                Duration.ofMillis(20)),
                        WatermarkStrategy.noWatermarks(),
                        "ControlSource")
                .map(new Seen())
                .returns(String.class)
                .sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();
        try {
            Files.createDirectories(rule.getParent());
            Files.writeString(rule, "one");
            until(List.of("one"));

            Seen.FAIL_AT_CHECKPOINT.set(true);
            until(List.of("one", "one"));
            Files.writeString(rule, "second");
            until(List.of("one", "one", "second"));
        } finally {
            job.cancel().get();
        }
    }

    private static void until(List<String> texts) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Seen.TEXTS).containsExactlyElementsOf(texts));
    }

    /** Notes the first file's text; fails once after a checkpoint when asked to. */
    private static final class Seen
            implements MapFunction<ControlSnapshot, String>, CheckpointListener {

        private static final long serialVersionUID = 1L;

        static final List<String> TEXTS = new CopyOnWriteArrayList<>();
        static final AtomicBoolean FAIL_AT_CHECKPOINT = new AtomicBoolean();

        @Override
        public String map(ControlSnapshot snapshot) {
            String text = snapshot.files().isEmpty() ? "" : snapshot.files().get(0).text();
            // A write is not atomic: the empty file before it may be seen, too.
            if (!text.isEmpty()) {
                TEXTS.add(text);
            }
            return text;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (FAIL_AT_CHECKPOINT.getAndSet(false)) {
                throw new IllegalStateException("Failure on purpose");
            }
        }
    }
}
