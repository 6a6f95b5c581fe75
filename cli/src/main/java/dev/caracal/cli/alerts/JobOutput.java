package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.Console;
import dev.caracal.cli.parse.LogInputs;
import dev.caracal.cli.parse.S3Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that a job writes to its {@code output.location}, in S3 or copied to a folder. */
final class JobOutput implements AutoCloseable {

    /** Files that are being written have other names. */
    private static final String SUFFIX = ".jsonl.gz";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String location;
    private final LogInputs inputs;

    private JobOutput(String location, LogInputs inputs) {
        this.location = location;
        this.inputs = inputs;
    }

    /**
     * @param location a folder or {@code s3://bucket/prefix}; null for the demo's
     * @param home the project's folder
     */
    static JobOutput open(Console console, S3Options s3, @Nullable String location, Path home) {
        Path demo = home.resolve(Path.of(".caracal", "demo", "aws", "s3", "caracal-output"));
        String place = location == null ? demo.toString() : location.replaceFirst("/+$", "");
        return new JobOutput(place, new LogInputs(console, s3));
    }

    /** What is done with a line of a file. */
    interface LineReader {

        void read(String line) throws IOException;
    }

    /**
     * The files below a folder of the output, such as {@code alerts}, in the order of their names.
     */
    List<String> files(String folder) throws IOException {
        if (location.startsWith("s3://")) {
            return inputs.expand(location + '/' + folder + '/').stream()
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        if (!Files.isDirectory(Path.of(location))) {
            throw new NoSuchFileException(location, null, "there is no such folder");
        }
        Path below = Path.of(location, folder);
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        var files = new ArrayList<String>();
        Files.walkFileTree(
                below,
                new SimpleFileVisitor<Path>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file.toString());
                        return FileVisitResult.CONTINUE;
                    }

                    /** A file under its temporary name may be gone by now. */
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }
                });
        return files.stream().filter(name -> name.endsWith(SUFFIX)).sorted().toList();
    }

    void read(List<String> files, LineReader reader) throws IOException {
        var failures = new ArrayList<IOException>();
        inputs.forEach(
                files,
                (file, content) -> readLines(content, reader),
                (file, why) -> failures.add(new IOException(file + ": " + why)));
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private static void readLines(InputStream content, LineReader reader) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.read(line);
        }
    }

    static JsonNode parse(String line) throws IOException {
        return JSON.readTree(line);
    }

    @Override
    public void close() {
        inputs.close();
    }
}
