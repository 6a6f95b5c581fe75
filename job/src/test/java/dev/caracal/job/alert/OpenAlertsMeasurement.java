package dev.caracal.job.alert;

import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * Measures an AlertFunction with many open alerts in RocksDB: heap, process memory, files, and how
 * much is done in a second of this thread's CPU while they are opened, added to, written again, and
 * ended.
 *
 * <p>Arguments: the number of keys (1,000,000), a folder for the state, and {@code tuned} for bloom
 * filters and partitioned indexes in RocksDB.
 */
public final class OpenAlertsMeasurement {

    private static final int EVENT_BYTES = 1_000;

    /** As of a job of up to 128 slots. */
    private static final int KEY_GROUPS = 128;

    private final KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness;
    private final Path folder;
    private final int keys;
    private long processed;

    private OpenAlertsMeasurement(
            KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness,
            Path folder,
            int keys) {
        this.harness = harness;
        this.folder = folder;
        this.keys = keys;
    }

    public static void main(String[] arguments) throws Exception {
        int keys = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Path folder =
                arguments.length > 1
                        ? Path.of(arguments[1])
                        : Files.createTempDirectory("open-alerts");
        boolean tuned = arguments.length > 2 && arguments[2].equals("tuned");
        String memory = arguments.length > 3 ? arguments[3] : "256mb";
        Configuration options = new Configuration();
        options.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, tuned);
        options.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, tuned);
        var backend =
                new EmbeddedRocksDBStateBackend()
                        .configure(options, OpenAlertsMeasurement.class.getClassLoader());
        // As in a slot of a cluster; the harness's own memory is for small states.
        backend.getMemoryConfiguration().setFixedMemoryPerSlot(memory);
        backend.setDbStoragePath(folder.toAbsolutePath().toString());
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<String, Match, Alert>(
                        new KeyedProcessOperator<>(
                                new AlertFunction(
                                        Alert.Type.RULE,
                                        AlertClock.PROCESSING_TIME,
                                        Duration.ofMinutes(1))),
                        AlertGrouping::key,
                        Types.STRING,
                        KEY_GROUPS,
                        1,
                        0)) {
            harness.setStateBackend(backend);
            harness.open();
            new OpenAlertsMeasurement(harness, folder, keys).run();
        }
    }

    private void run() throws Exception {
        harness.setProcessingTime(0);
        report("at the start", 0, 1);
        int step = keys / 4;
        for (int first = 0; first < keys; first += step) {
            long start = cpuNanos();
            for (int key = first; key < first + step; key++) {
                process(key);
            }
            report(first + step + " keys, opened", step, cpuNanos() - start);
        }
        Random random = new Random(1);
        int more = keys / 20;
        long start = cpuNanos();
        for (int i = 0; i < more; i++) {
            process(random.nextInt(keys));
        }
        report(more + " matches more", more, cpuNanos() - start);
        start = cpuNanos();
        long updates = advance(Duration.ofMinutes(2));
        report("their updates written", updates, cpuNanos() - start);
        start = cpuNanos();
        advance(Duration.ofMinutes(61));
        report("all periods ended", keys, cpuNanos() - start);
    }

    /** A hundred matches in a millisecond, so that their timers are not all due at once. */
    private void process(int key) throws Exception {
        Match match =
                Matches.OF_A_RULE
                        .ruleId("R." + key % 500)
                        .dedup("arn:aws:iam::123456789012:user/user-" + key)
                        .at(key, "row-" + key);
        harness.processElement(withEvent(match), 0);
        if (++processed % 100 == 0) {
            harness.setProcessingTime(harness.getProcessingTime() + 1);
            drain();
        }
    }

    /** Moves the clock on; the number of records that were written meanwhile. */
    private long advance(Duration time) throws Exception {
        long records = 0;
        long end = harness.getProcessingTime() + time.toMillis();
        while (harness.getProcessingTime() < end) {
            harness.setProcessingTime(harness.getProcessingTime() + 10);
            records += drain();
        }
        return records;
    }

    private static Match withEvent(Match match) {
        byte[] event =
                ("{\"a\":\"" + match.dedup() + "x".repeat(EVENT_BYTES) + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        return new Match(
                match.ruleId(),
                match.ruleVersion(),
                false,
                match.severity(),
                match.title(),
                match.dedup(),
                match.dedupPeriodMinutes(),
                match.threshold(),
                true,
                "",
                "",
                "",
                List.of(),
                List.of(),
                null,
                "",
                "{}",
                match.logType(),
                match.rowId(),
                0,
                event);
    }

    /** The harness keeps what comes out. */
    private int drain() {
        int records = harness.getOutput().size();
        harness.getOutput().clear();
        var matches = harness.getSideOutput(AlertFunction.MATCHES);
        if (matches != null) {
            matches.clear();
        }
        return records;
    }

    private void report(String what, long done, long nanos) throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%-24s  heap %4d MB  process %5d MB  state files %5d MB  %7d, %6.0f a CPU second%n",
                what,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                residentMegabytes(),
                megabytes(folder),
                done,
                done * 1e9 / nanos);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                .findFirst()
                .orElse(0);
    }

    private static long megabytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes >> 20;
    }
}
