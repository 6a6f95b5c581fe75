package dev.caracal.cli.logtypes;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaFile;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Schemas read from disk.
 *
 * @param problems of the files that hold no schema, with file and line
 */
public record SchemaFiles(List<SchemaFile> schemas, List<String> problems) {

    public SchemaFiles {
        schemas = List.copyOf(schemas);
        problems = List.copyOf(problems);
    }

    /** Reads files, and the YAML files below folders. */
    public static SchemaFiles read(List<Path> paths) throws IOException {
        List<SchemaFile> schemas = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path)) {
                try (Reader content = Files.newBufferedReader(file)) {
                    SchemaFile schema = SchemaReader.readFile(file.toString(), content);
                    new LogType(schema.schema());
                    schemas.add(schema);
                } catch (SchemaException e) {
                    problems.add(e.getMessage());
                } catch (IllegalArgumentException e) {
                    problems.add(file + ": " + e.getMessage());
                }
            }
        }
        return new SchemaFiles(schemas, problems);
    }

    /**
     * The log types of schemas.
     *
     * @throws IllegalArgumentException if one cannot be used
     */
    public static List<LogType> logTypes(List<Path> paths) throws IOException {
        SchemaFiles files = read(paths);
        if (!files.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", files.problems()));
        }
        return files.schemas().stream().map(file -> new LogType(file.schema())).toList();
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + " does not exist");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }
}
