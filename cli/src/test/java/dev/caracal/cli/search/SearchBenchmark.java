package dev.caracal.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches 10 million rows in 20 log types for an address, beside zgrep over the raw records, and
 * prints the figures; not part of the tests.
 *
 * <p>{@code mvn verify -pl cli -am -DskipITs -Dtest=SearchBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}; the figures are in {@code
 * cli/target/surefire-reports/*-output.txt}. {@code -Dcaracal.rows} are those of a log type; with
 * {@code -Dcaracal.folder} the lake stays there for the next time.
 */
class SearchBenchmark {

    private static final int LOG_TYPES = 20;
    private static final int ROWS = Integer.getInteger("caracal.rows", 500_000);
    private static final int ROUNDS = 3;

    @TempDir private Path temporary;

    /** The best time of some rounds, and what the last one read and found. */
    private record Measure(double seconds, long bytes, long rows) {}

    private interface Work {
        long rows() throws Exception;
    }

    @Test
    void anIndicatorInTenMillionRows() throws Exception {
        Path folder = Path.of(System.getProperty("caracal.folder", temporary.toString()));
        BenchmarkLake lake = new BenchmarkLake(folder, LOG_TYPES, ROWS);
        lake.fill();
        long raw = bytes(lake.raw(), ".gz");
        System.out.printf(
                Locale.ROOT,
                "%d rows; lake %.0f MB, raw gz %.0f MB%n",
                (long) LOG_TYPES * ROWS,
                bytes(lake.warehouse(), ".parquet") / 1e6,
                raw / 1e6);

        long found = print("search --indicator", () -> search(lake, BenchmarkLake.RARE));
        print("search --indicator, nowhere", () -> search(lake, "203.0.113.8"));
        print("the same question in SQL, without bloom filters", () -> sql(lake));
        Measure zgrep = measure(() -> zgrep(lake));
        // What goes through its pipes is counted as well.
        print("zgrep", new Measure(zgrep.seconds(), raw, zgrep.rows()));
        assertThat(found).isEqualTo(zgrep.rows()).isPositive();
    }

    private static long search(BenchmarkLake lake, String value) {
        return rows(lake, "--indicator", value, "--output", "csv");
    }

    private static long sql(BenchmarkLake lake) throws IOException {
        try (Stream<Path> tables = Files.list(lake.warehouse().resolve("caracal"))) {
            List<String> names = tables.map(path -> path.getFileName().toString()).toList();
            return rows(
                    lake,
                    IndicatorQuery.of(BenchmarkLake.RARE, names, false, false),
                    "--output",
                    "csv");
        }
    }

    private static long rows(BenchmarkLake lake, String... arguments) {
        Outcome outcome =
                CommandTester.run(
                        Stream.concat(
                                        Stream.of("search", "--warehouse=" + lake.warehouse()),
                                        Stream.of(arguments))
                                .toArray(String[]::new));
        System.out.print(outcome.err());
        return Math.max(0, outcome.outLines().size() - 1);
    }

    private static long zgrep(BenchmarkLake lake) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "sh", "-c", "zgrep -hF '" + BenchmarkLake.RARE + "' *.gz | wc -l")
                        .directory(lake.raw().toFile())
                        .start();
        return Long.parseLong(new String(process.getInputStream().readAllBytes()).strip());
    }

    private static long print(String name, Work work) throws Exception {
        return print(name, measure(work));
    }

    private static long print(String name, Measure measure) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f s, %.1f MB read, %d rows%n",
                name,
                measure.seconds(),
                measure.bytes() / 1e6,
                measure.rows());
        return measure.rows();
    }

    private static Measure measure(Work work) throws Exception {
        double best = Double.MAX_VALUE;
        long rows = 0;
        long read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = bytesRead();
            long start = System.nanoTime();
            rows = work.rows();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
            read = bytesRead() - before;
        }
        return new Measure(best, read, rows);
    }

    /** What this process has read, by Linux's count. */
    private static long bytesRead() throws IOException {
        String io =
                Files.readAllLines(Path.of("/proc/self/io")).stream()
                        .filter(line -> line.startsWith("rchar:"))
                        .collect(Collectors.joining());
        return Long.parseLong(io.replaceAll("\\D", ""));
    }

    private static long bytes(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(
                            file -> {
                                try {
                                    return Files.size(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            })
                    .sum();
        }
    }
}
