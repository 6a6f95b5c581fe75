package dev.caracal.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.sqs.QueueSet.Following;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSourceQueuesTest {

    private static final String URL =
            "https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app";

    @TempDir private Path control;
    private LogSourceQueues queues;

    @BeforeEach
    void writeFiles() throws IOException {
        queues =
                new LogSourceQueues(
                        new ControlLocation(
                                control.toString(), new AwsSettings("us-east-1", Map.of())),
                        Duration.ofHours(1));
        write(
                "schemas/app.yml",
                """
                schema: Acme.App
                fields:
                  - name: message
                    type: string
                """);
        write(
                "sources/app.yml",
                """
                type: sqs
                id: app
                name: App
                queueUrl: %s
                logTypes: [Acme.App]
                """
                        .formatted(URL));
    }

    private void write(String path, String text) throws IOException {
        Path file = control.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What a new reader polls, and what it remembers of it. */
    private static void assertPolled(Following following, String... urls) {
        assertThat(following.current()).containsOnlyKeys(urls);
    }

    private String memory() throws IOException {
        try (Following following = queues.follow(List.of())) {
            assertPolled(following, URL);
            return following.memory();
        }
    }

    @ParameterizedTest
    @CsvSource({"schemas/app.yml", "sources/app.yml"})
    void aQueueStaysAfterARestartThoughAFileOfItIsRefused(String file) throws IOException {
        String memory = memory();
        write(file, "no: such key");

        try (Following afresh = queues.follow(List.of())) {
            assertPolled(afresh);
        }
        try (Following restarted = queues.follow(List.of(memory, memory))) {
            assertPolled(restarted, URL);
            assertThat(restarted.memory()).isEqualTo(memory);
        }
    }

    @Test
    void aQueueThatWasRemovedMeanwhileIsNotPolled() throws IOException {
        String memory = memory();
        Files.delete(control.resolve("sources/app.yml"));

        try (Following restarted = queues.follow(List.of(memory))) {
            assertPolled(restarted);
        }
    }
}
