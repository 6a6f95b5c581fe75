package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Objects that were never announced, and one that was, are read once each. */
class BackfillITCase {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String PROGRESS = "customer.19700101T000000Z.20400101T000000Z.json";

    @TempDir private Path folder;

    private Outcome backfill(String... options) {
        return CommandTester.run(
                Stream.concat(
                                Stream.of(
                                        "backfill",
                                        "customer",
                                        "--to=2040-01-01",
                                        "--config=" + folder.resolve("job.yaml")),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private void writeOptions(Configuration options) throws IOException {
        StringBuilder yaml = new StringBuilder();
        options.toMap()
                .forEach(
                        (key, value) ->
                                yaml.append(key).append(": \"").append(value).append("\"\n"));
        Files.writeString(folder.resolve("job.yaml"), yaml);
    }

    private static void awaitDone(WholeWay way) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () ->
                                way
                                        .sqs()
                                        .getQueueAttributes(
                                                request ->
                                                        request.queueUrl(
                                                                        way.queueUrl(
                                                                                "notifications"))
                                                                .attributeNames(
                                                                        QueueAttributeName.ALL))
                                        .attributesAsStrings()
                                        .entrySet()
                                        .stream()
                                        .filter(
                                                entry ->
                                                        entry.getKey()
                                                                .startsWith("ApproximateNumberOf"))
                                        .allMatch(entry -> entry.getValue().equals("0")));
    }

    /** Asserts the events there once the queue is empty and the sink's last files are in view. */
    private static void assertEventIds(WholeWay way, String... expected) {
        awaitDone(way);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(eventIds(way)).containsExactlyInAnyOrder(expected));
    }

    private static List<String> eventIds(WholeWay way) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode event : way.output("events")) {
            ids.add(event.path("eventID").asText());
        }
        return ids;
    }

    @Test
    void whatWasThereBeforeIsReadOnce() throws Exception {
        try (WholeWay way = new WholeWay(folder);
                JobCluster cluster = JobCluster.start(folder, 2)) {
            writeOptions(way.jobOptions());
            // The topic has no subscriber yet, so that nobody is told of these.
            for (int i = 0; i < 5; i++) {
                way.put("AWSLogs/old + " + i + ".json", WholeWay.cloudTrail("old-" + i, "Old"));
            }
            way.put("AWSLogs/folder/", "");
            cluster.run(way.jobOptions());
            way.awaitSubscribed();
            way.put("AWSLogs/new.json", WholeWay.cloudTrail("new", "New"));

            assertThat(backfill("--dry-run").out()).startsWith("6 objects").contains("found");

            // A run before this one came as far as the second object.
            Path progress = way.control().resolve("backfills").resolve(PROGRESS);
            Files.createDirectories(way.control().resolve("backfills"));
            Files.writeString(
                    progress,
                    """
                    {"prefix": "", "after": "AWSLogs/old + 1.json", "announced": 3, "bytes": 1500,
                     "archived": 0, "complete": false}
                    """);
            Outcome resumed = backfill();
            assertThat(resumed.err()).contains("Going on after AWSLogs/old + 1.json");
            assertThat(resumed.out())
                    .as(resumed.err())
                    .startsWith("6 objects")
                    .contains("announced");
            assertEventIds(way, "new", "old-2", "old-3", "old-4");

            assertThat(backfill().err()).contains("This backfill is complete");

            // The three that the "run before" did not announce in truth come, the others not again.
            assertThat(backfill("--again", "--rate=5").status()).isZero();
            assertThat(progress).content().contains("\"complete\":true");
            assertEventIds(way, "new", "old-0", "old-1", "old-2", "old-3", "old-4");
        }
    }

    @Test
    void whatDoesNotFitIsSaid() throws Exception {
        Path control = Files.createDirectories(folder.resolve("control"));

        Outcome none =
                CommandTester.run("backfill", "shop", "--to=2026-01-01", "--control=" + control);
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("there is no log source \"shop\"");

        Outcome times =
                CommandTester.run(
                        "backfill",
                        "shop",
                        "--from=2026-02-01",
                        "--to=2026-01-01",
                        "--control=" + control);
        assertThat(times.err()).contains("is not before");
    }
}
