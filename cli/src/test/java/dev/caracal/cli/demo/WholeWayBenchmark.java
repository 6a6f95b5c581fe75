package dev.caracal.cli.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.flink.LocalFlink;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import dev.caracal.job.CaracalJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures the whole way against local AWS and prints the figures; not part of the tests.
 *
 * <p>{@code mvn verify -pl cli -am -DskipITs -Dtest=WholeWayBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}; the figures are in {@code
 * cli/target/surefire-reports/*-output.txt}.
 */
class WholeWayBenchmark {

    private static final int ALERTS = 10;
    private static final int WARM_UP = 2;
    private static final int SMALL_OBJECTS = 5_000;

    @TempDir private Path folder;

    @Test
    void fromObjectToAlert() throws Exception {
        try (WholeWay way = new WholeWay(folder);
                LocalFlink flink = LocalFlink.start(cluster(), 0, 2)) {
            way.writeRule("marker", "Marker");
            submit(flink, way.jobOptions());
            way.awaitSubscribed();
            Map<String, Long> stored = new HashMap<>();
            List<Long> onSns = new ArrayList<>();
            List<Long> inS3 = new ArrayList<>();
            Random random = new Random(1);
            for (int i = -WARM_UP; i < ALERTS; i++) {
                String id = "alert-" + i;
                // Otherwise each object would come right after a checkpoint.
                long moment = System.nanoTime() + random.nextLong(5_000_000_000L);
                await().until(() -> System.nanoTime() > moment);
                stored.put(id, System.nanoTime());
                way.put("AWSLogs/" + id + ".json", WholeWay.cloudTrail(id, "Marker"));
                int sns = onSns.size() + 1;
                int s3 = inS3.size() + 1;
                await().pollInterval(Duration.ofMillis(50))
                        .atMost(Duration.ofMinutes(1))
                        .until(
                                () -> {
                                    note(way.alertsOnSns(), stored, onSns);
                                    note(way.newOutput("alerts"), stored, inS3);
                                    return onSns.size() >= sns && inS3.size() >= s3;
                                });
            }
            print("object stored to alert on SNS", onSns.subList(WARM_UP, onSns.size()));
            print("object stored to alert in S3", inS3.subList(WARM_UP, inS3.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void smallObjects(int polls) throws Exception {
        try (WholeWay way = new WholeWay(folder);
                LocalFlink flink = LocalFlink.start(cluster(), 0, 2)) {
            way.writeRule("marker", "Marker");
            Configuration options = way.jobOptions();
            options.set(SqsSourceOptions.RECEIVE_PARALLELISM, polls);
            submit(flink, options);
            way.awaitSubscribed();
            way.put("AWSLogs/first.json", WholeWay.cloudTrail("first", "Marker"));
            AtomicLong events = new AtomicLong();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> events.addAndGet(way.countNewLines("events")) >= 1);
            long start = System.nanoTime();
            for (int i = 0; i < SMALL_OBJECTS; i++) {
                way.put("AWSLogs/" + i + ".json", WholeWay.cloudTrail("e" + i, "Nothing"));
            }
            double fed = seconds(start);
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> events.addAndGet(way.countNewLines("events")) > SMALL_OBJECTS);
            System.out.printf(
                    "FIGURE %d small objects, %d polls a reader: stored in %.1f s, all events in"
                            + " S3 after %.1f s%n",
                    SMALL_OBJECTS, polls, fed, seconds(start));
        }
    }

    private Configuration cluster() {
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
        cluster.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        return cluster;
    }

    private void submit(LocalFlink flink, Configuration options) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster());
        env.setParallelism(2);
        CaracalJob.build(env, options);
        flink.submit(env);
    }

    private static void note(List<JsonNode> alerts, Map<String, Long> stored, List<Long> times) {
        for (JsonNode alert : alerts) {
            times.add(System.nanoTime() - stored.get(alert.path("dedup").asText()));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String what, List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        System.out.printf(
                "FIGURE %s: median %.2f s, longest %.2f s, of %d%n",
                what,
                sorted.get(sorted.size() / 2) / 1e9,
                sorted.get(sorted.size() - 1) / 1e9,
                sorted.size());
    }
}
