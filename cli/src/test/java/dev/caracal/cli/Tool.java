package dev.caracal.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that may be on this machine. */
final class Tool {

    private static final int LIMIT_SECONDS = 120;

    private Tool() {}

    /**
     * The program's path. Skips the test, and says so, where it is missing or does not start.
     *
     * @param probe an argument with which it does nothing, such as {@code --version}
     */
    static Path require(String name, String probe, String without)
            throws IOException, InterruptedException {
        Optional<Path> found =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .findFirst();
        boolean starts = found.isPresent() && starts(found.get(), probe);
        String reason = "there is no " + name + " that starts, so " + without;
        if (!starts) {
            System.err.println("SKIPPED: " + reason);
        }
        assumeTrue(starts, reason);
        return found.orElseThrow();
    }

    private static boolean starts(Path program, String probe)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tool");
        try {
            return run(folder, List.of(program.toString(), probe)).status() == 0;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
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
