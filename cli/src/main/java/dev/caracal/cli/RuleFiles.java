package dev.caracal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of rules from disk. */
final class RuleFiles {

    private RuleFiles() {}

    /**
     * The YAML and Python files under a folder, or one YAML file and the Python files beside it, by
     * path.
     */
    static Map<String, String> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + " does not exist");
        }
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                add(all, files);
            }
            return files;
        }
        files.put(path.toString(), Files.readString(path));
        Path parent = path.getParent();
        try (Stream<Path> siblings = Files.list(parent == null ? Path.of("") : parent)) {
            add(siblings.filter(file -> file.toString().endsWith(".py")), files);
        }
        return files;
    }

    private static void add(Stream<Path> found, Map<String, String> files) throws IOException {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
            String name = file.toString();
            if (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".py")) {
                files.put(name, Files.readString(file));
            }
        }
    }
}
