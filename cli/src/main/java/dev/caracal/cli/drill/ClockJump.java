package dev.caracal.cli.drill;

import dev.caracal.cli.flink.FlinkProcesses.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of the TaskManagers' machines is an hour ahead from one moment to the next, and then
 * right again. The processes are started anew for it, with libfaketime between them and the system.
 *
 * @see <a href="https://github.com/wolfcw/libfaketime">libfaketime</a>
 */
record ClockJump() implements Fault {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final int DEPTH = 4;

    @Override
    public String name() {
        return "clock-jump";
    }

    @Override
    public String what() {
        return "the TaskManagers' clock jumps ahead by 1 h, and back after "
                + lasts().toSeconds()
                + " s";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(30);
    }

    @Override
    public String obstacle() {
        return library().isEmpty() ? "libfaketime is not there (Debian: apt install faketime)" : "";
    }

    @Override
    public void inject(DrillSite site) throws Exception {
        Path clock = site.folder().root().resolve("clock");
        Files.writeString(clock, "+0\n");
        site.cluster()
                .environment(
                        Map.of(
                                "LD_PRELOAD", library().orElseThrow().toString(),
                                "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                                "FAKETIME_CACHE_DURATION", "1",
                                // Whoever waits for a while must not wait for an hour.
                                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                                "DONT_FAKE_MONOTONIC", "1",
                                // Its remedy for older C libraries ends each wait at once.
                                "FAKETIME_FORCE_MONOTONIC_FIX", "0"));
        for (long process : site.cluster().alive(Kind.TASK_MANAGER)) {
            site.cluster().signal(process, "KILL");
        }
        site.awaitOutput(name());
        Files.writeString(clock, "+1h\n");
    }

    @Override
    public void end(DrillSite site) throws IOException {
        Files.writeString(site.folder().root().resolve("clock"), "+0\n");
        site.cluster().environment(Map.of());
    }

    private static Optional<Path> library() {
        try (Stream<Path> files =
                Files.find(LIBRARIES, DEPTH, (path, attributes) -> path.endsWith(LIBRARY))) {
            return files.findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
