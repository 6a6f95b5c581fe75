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
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * Measures an AlertFunction with many open alerts in RocksDB: heap, process memory, files, and
 * matches in a second of this thread's CPU while they are opened and while they are added to.
 *
 * <p>Arguments: the number of keys (1,000,000), a folder for the state.
 */
public final class OpenAlertsMeasurement {

    private static final int EVENT_BYTES = 1_000;

    private OpenAlertsMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        int keys = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Path folder =
                arguments.length > 1
                        ? Path.of(arguments[1])
                        : Files.createTempDirectory("open-alerts");
        var backend = new EmbeddedRocksDBStateBackend();
        // As in a slot of a cluster; the harness's own memory is for small states.
        backend.getMemoryConfiguration().setFixedMemoryPerSlot("256mb");
        backend.setDbStoragePath(folder.toAbsolutePath().toString());
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<String, Match, Alert>(
                        new KeyedProcessOperator<>(
                                new AlertFunction(
                                        Alert.Type.RULE,
                                        AlertClock.PROCESSING_TIME,
                                        Duration.ofMinutes(1))),
                        AlertGrouping::key,
                        Types.STRING)) {
            harness.setStateBackend(backend);
            harness.open();
            harness.setProcessingTime(0);
            report("at the start", 0, 1, folder);
            int step = keys / 4;
            for (int first = 0; first < keys; first += step) {
                long start = cpuNanos();
                for (int key = first; key < first + step; key++) {
                    process(harness, key);
                }
                report(first + step + " keys, opened", step, cpuNanos() - start, folder);
            }
            Random random = new Random(1);
            for (int round = 1; round <= 2; round++) {
                harness.setProcessingTime(Duration.ofMinutes(2L * round).toMillis());
                long start = cpuNanos();
                for (int i = 0; i < step; i++) {
                    process(harness, random.nextInt(keys));
                }
                report("round " + round + " of more", step, cpuNanos() - start, folder);
            }
            long start = cpuNanos();
            harness.setProcessingTime(Duration.ofMinutes(60).toMillis());
            drain(harness);
            report("all periods ended", keys, cpuNanos() - start, folder);
        }
    }

    private static void process(
            KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness, int key)
            throws Exception {
        Match match =
                Matches.OF_A_RULE
                        .ruleId("R." + key % 500)
                        .dedup("arn:aws:iam::123456789012:user/user-" + key)
                        .at(key, "row-" + key);
        harness.processElement(withEvent(match), 0);
        if (key % 1000 == 0) {
            drain(harness);
        }
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
    private static void drain(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness) {
        harness.getOutput().clear();
        var matches = harness.getSideOutput(AlertFunction.MATCHES);
        if (matches != null) {
            matches.clear();
        }
    }

    private static void report(String what, int matches, long nanos, Path folder)
            throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%-24s  heap %4d MB  process %5d MB  state files %5d MB  %6.0f a CPU second%n",
                what,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                residentMegabytes(),
                megabytes(folder),
                matches * 1e9 / nanos);
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
