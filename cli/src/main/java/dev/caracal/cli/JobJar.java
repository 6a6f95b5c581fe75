package dev.caracal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jar that is submitted to Flink. */
public final class JobJar {

    private JobJar() {}

    /**
     * The jar that is named, else the one that was built.
     *
     * @param home the project's folder
     * @throws IOException if it is not there
     */
    public static Path find(@Nullable Path named, Path home) throws IOException {
        if (named != null) {
            if (!Files.isRegularFile(named)) {
                throw new IOException("there is no file " + named);
            }
            return named;
        }
        Path target = home.resolve("job").resolve("target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                Optional<Path> built =
                        files.filter(file -> file.toString().endsWith("-flink.jar")).findFirst();
                if (built.isPresent()) {
                    return built.get();
                }
            }
        }
        throw new IOException(
                "there is no *-flink.jar in "
                        + target
                        + "; build it with mvn package, or give --jar");
    }
}
