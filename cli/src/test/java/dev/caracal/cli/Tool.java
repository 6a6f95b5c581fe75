package dev.caracal.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that may be on this machine. */
final class Tool {

    private static final int LIMIT_SECONDS = 120;

    private Tool() {}

    static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the test, and says so, where the program is missing. */
    static Path require(String name, String reason) {
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            System.err.println("SKIPPED: there is no " + name + " on the path: " + reason);
        }
        assumeTrue(found.isPresent(), "there is no " + name + " on the path: " + reason);
        return found.orElseThrow();
    }

    /** What the program prints, with its exit status. */
    record Run(int status, String output) {}

    static Run run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "tool", ".out");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end within " + LIMIT_SECONDS + " s");
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
