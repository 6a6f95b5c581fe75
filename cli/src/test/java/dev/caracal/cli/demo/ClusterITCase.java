package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.cli.flink.FlinkProcesses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The job on a cluster of separate processes: it is upgraded, and runs on more and fewer slots. */
class ClusterITCase {

    private static final Path SCRIPTS =
            Path.of(System.getProperty("caracal.home"), "flink-conf").toAbsolutePath().normalize();

    /** Kept, to see what went wrong. */
    private static final Path LOGS = Path.of("target", "cluster").toAbsolutePath();

    /** So many that the job is stopped while it reads one object. */
    private static final int RECORDS = 20_000;

    private static final int ALERT_EVERY = 1_000;

    @TempDir private Path folder;

    private final Map<String, Integer> events = new HashMap<>();
    private String cluster = "";
    private int objects;

    @Test
    void nothingIsLostOrDoubledByUpgradesAndOtherParallelism() throws Exception {
        try (WholeWay way = new WholeWay(Files.createDirectories(folder.resolve("way")));
                FlinkProcesses flink = FlinkProcesses.start(SCRIPTS, LOGS, 1, options())) {
            cluster = flink.dashboard().toString();
            way.writeRule("marker", "Marker");
            Path config = write(way.jobOptions().toMap());
            assertThat(caracal("stop").err()).contains("no job runs at " + cluster);
            assertThat(caracal("submit", "--config=" + config, "--parallelism=9").err())
                    .contains("needs 9 free slots", "has 4 of 4 on 1 TaskManager");

            submit(config, 1, "");
            way.awaitSubscribed();
            put(way);
            awaitNewEvents(way);
            String unused = succeed("savepoint");
            String first = succeed("stop");

            // Announced while the job is down.
            put(way);
            submit(config, 4, first);
            awaitNewEvents(way);
            put(way);
            String second = succeed("stop");

            submit(config, 1, second);
            put(way);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> readEvents(way) == objects * RECORDS);
            assertThat(status().path("restoredFrom").asText()).isEqualTo(second);
            assertThat(status().path("restarts").asInt()).isZero();
            String last = succeed("stop");

            readEvents(way);
            assertThat(events).hasSize(objects * RECORDS);
            assertThat(events.values()).containsOnly(1);
            List<String> alerts =
                    way.output("alerts").stream()
                            .map(alert -> alert.path("dedup").asText())
                            .toList();
            assertThat(alerts).hasSize(objects * RECORDS / ALERT_EVERY).doesNotHaveDuplicates();
            assertThat(way.output("dead-letters")).isEmpty();
            assertThat(List.of(first, second, last)).allMatch(path -> path.contains("savepoint-"));
        }
    }

    /** Checkpoints of a second, and no more memory than it takes. */
    private Map<String, String> options() {
        String state = folder.toUri().toString();
        return Map.of(
                "taskmanager.numberOfTaskSlots", "4",
                "taskmanager.memory.process.size", "2g",
                "jobmanager.memory.process.size", "1g",
                "env.java.opts.jobmanager", "-XX:TieredStopAtLevel=1",
                "env.java.opts.taskmanager", "-XX:TieredStopAtLevel=1",
                "web.refresh-interval", "500",
                "execution.checkpointing.interval", "1s",
                "execution.checkpointing.min-pause", "0s",
                "execution.checkpointing.dir", state + "checkpoints",
                "execution.checkpointing.savepoint-dir", state + "savepoints");
    }

    private Path write(Map<String, String> options) throws IOException {
        StringBuilder yaml = new StringBuilder();
        options.forEach((key, value) -> yaml.append(key).append(": '").append(value).append("'\n"));
        return Files.writeString(folder.resolve("caracal.yaml"), yaml);
    }

    private Outcome caracal(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add(1, "--cluster=" + cluster);
        return CommandTester.run(all.toArray(String[]::new));
    }

    private String succeed(String... arguments) {
        Outcome outcome = caracal(arguments);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome.out().strip();
    }

    private void submit(Path config, int parallelism, String savepoint) {
        String shown =
                succeed(
                        "submit",
                        "--config=" + config,
                        "--parallelism=" + parallelism,
                        "--savepoint=" + savepoint);
        assertThat(shown).contains(cluster + "/#/job/running/", "All tasks run.");
    }

    private JsonNode status() throws IOException {
        for (JsonNode job :
                new ObjectMapper().readTree(succeed("status", "--format=json")).path("jobs")) {
            if (job.path("state").asText().equals("RUNNING")) {
                return job;
            }
        }
        throw new AssertionError("no job runs");
    }

    private void put(WholeWay way) throws IOException {
        int object = objects++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < RECORDS; i++) {
                String name = i % ALERT_EVERY == 0 ? "Marker" : "DescribeInstances";
                String record = WholeWay.cloudTrail("event-" + object + '-' + i, name);
                out.write(record.getBytes(StandardCharsets.UTF_8));
            }
        }
        way.put("AWSLogs/" + object + ".json.gz", RequestBody.fromBytes(bytes.toByteArray()));
    }

    private void awaitNewEvents(WholeWay way) {
        int before = events.size();
        await().atMost(Duration.ofMinutes(1)).until(() -> readEvents(way) > before);
    }

    private int readEvents(WholeWay way) throws IOException {
        way.newOutput("events")
                .forEach(event -> events.merge(event.path("eventID").asText(), 1, Integer::sum));
        return events.size();
    }
}
