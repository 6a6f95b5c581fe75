package dev.caracal.cli.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one process of a JVM holds, after a collection of its garbage.
 *
 * @param openFiles files, sockets and pipes
 */
record SoakReading(
        long heapBytes, long metaspaceBytes, long residentBytes, long threads, long openFiles) {

    private static final Pattern HEAP = Pattern.compile("heap\\s+total \\d+K, used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    /** Asks the JVM by {@code jcmd}, and Linux by its folder {@code /proc}. */
    static SoakReading of(long process) throws IOException {
        String unused = jcmd(process, "GC.run");
        String memory = jcmd(process, "GC.heap_info");
        Path proc = Path.of("/proc", String.valueOf(process));
        String status = Files.readString(proc.resolve("status"));
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            return new SoakReading(
                    number(HEAP, memory) << 10,
                    number(METASPACE, memory) << 10,
                    number(RESIDENT, status) << 10,
                    number(THREADS, status),
                    files.count());
        }
    }

    private static String jcmd(long process, String command) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                                .toString(),
                                        String.valueOf(process),
                                        command))
                        .redirectErrorStream(true)
                        .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static long number(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
