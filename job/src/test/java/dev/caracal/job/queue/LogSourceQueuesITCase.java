package dev.caracal.job.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.sqs.MemoryQueue;
import dev.caracal.connectors.sqs.QueueMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job is stopped, its files are broken, and it goes on from its savepoint. */
class LogSourceQueuesITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Queue<String> ARRIVED = new ConcurrentLinkedQueue<>();

    @TempDir private Path folder;

    @ParameterizedTest(name = "parallelism {0}")
    @ValueSource(ints = {1, 2, 4})
    void aQueueIsPolledAfterARestartThoughItsSchemaIsRefused(int parallelism) throws Exception {
        ARRIVED.clear();
        String url = "https://sqs.us-east-1.amazonaws.com/123456789012/queue-" + parallelism;
        write("schemas/app.yml", "schema: Acme.App\nfields: [{name: message, type: string}]\n");
        write(
                "sources/app.yml",
                "type: sqs\nid: app\nname: App\nlogTypes: [Acme.App]\nqueueUrl: " + url + "\n");
        JobClient before = start(2, new Configuration());
        awaitMessage(url, "before");
        // One task may read while another is still being started: then there is no savepoint yet.
        String savepoint =
                await().atMost(LIMIT)
                        .ignoreExceptions()
                        .until(() -> stop(before), Objects::nonNull);

        write("schemas/app.yml", "no: such key");
        Configuration restored = new Configuration();
        restored.setString("execution.state-recovery.path", savepoint);
        JobClient after = start(parallelism, restored);
        try {
            awaitMessage(url, "after");
        } finally {
            after.cancel().get();
        }
        assertThat(ARRIVED).containsExactly("before", "after");
    }

    private String stop(JobClient job) throws Exception {
        return job.stopWithSavepoint(
                        false,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get();
    }

    private static void awaitMessage(String url, String body) {
        MemoryQueue.at(url).send(body);
        await().atMost(LIMIT).until(() -> ARRIVED.contains(body));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve("control").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private JobClient start(int parallelism, Configuration configuration) throws Exception {
        configuration.setString("pipeline.generic-types", "false");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        LogSourceQueues queues =
                new LogSourceQueues(
                        new ControlLocation(
                                folder.resolve("control").toString(),
                                new AwsSettings("us-east-1", Map.of())),
                        Duration.ofSeconds(1));
        Configuration options = new Configuration();
        options.setString("sqs.queue-url", "unused");
        env.fromSource(
                        MemoryQueue.source(queues, options),
                        WatermarkStrategy.noWatermarks(),
                        "queues",
                        TypeInformation.of(QueueMessage.class))
                .uid("queues")
                .map(message -> message.message().body())
                .returns(Types.STRING)
                .map(
                        body -> {
                            ARRIVED.add(body);
                            return body;
                        })
                .returns(Types.STRING)
                .uid("arrived")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return env.executeAsync();
    }
}
