package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * An object of 2 GB decompressed goes through Flink and the job in a heap of 512 MB; the build runs
 * this class in a JVM of that size.
 */
class BigObjectITCase {

    private static final long SIZE = 2L << 30;

    @TempDir private Path folder;

    @Test
    void anObjectOfTwoGigabytesGoesThroughASmallHeap() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory())
                .as("the heap of this JVM")
                .isLessThanOrEqualTo(512L << 20);
        Configuration slower = new Configuration();
        slower.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
        Path object = folder.resolve("big.json.gz");
        long records = write(object);
        try (WholeWay way = new WholeWay(folder);
                JobCluster cluster = JobCluster.start(folder, 1, slower)) {
            way.writeRule("marker", "Marker");
            cluster.run(way.jobOptions());
            way.awaitSubscribed();

            way.put("AWSLogs/big.json.gz", RequestBody.fromFile(object));

            AtomicLong events = new AtomicLong();
            await().atMost(Duration.ofMinutes(8))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> events.addAndGet(way.countNewLines("events")) >= records);
            assertThat(events).hasValue(records);
            assertThat(way.output("dead-letters")).isEmpty();
        }
    }

    /** Writes records of some 4 KB, and says how many. */
    private static long write(Path object) throws IOException {
        long records = 0;
        long written = 0;
        String padding = "x".repeat(3_500);
        try (OutputStream out =
                new BufferedOutputStream(
                        new GZIPOutputStream(Files.newOutputStream(object), 1 << 16), 1 << 16)) {
            while (written < SIZE) {
                byte[] record =
                        WholeWay.cloudTrail("event-" + records, "DescribeInstances")
                                .replace("aws-cli/2.15", padding)
                                .getBytes(StandardCharsets.UTF_8);
                out.write(record);
                written += record.length;
                records++;
            }
        }
        return records;
    }
}
