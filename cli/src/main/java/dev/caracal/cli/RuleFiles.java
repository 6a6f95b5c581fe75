package dev.caracal.cli;

import dev.caracal.rules.RulePackZip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of rules from disk. */
final class RuleFiles {

    /** Folders of a rule pack whose files the rules in other folders need. */
    private static final List<String> BASIS = List.of("global_helpers", "data_models");

    private RuleFiles() {}

    /**
     * The YAML and Python files under a folder or in a zip file, or one YAML file and the Python
     * files beside it, by path.
     */
    static Map<String, String> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + " does not exist");
        }
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(path)) {
            addAll(path, files);
            return files;
        }
        if (path.toString().endsWith(".zip")) {
            try (InputStream zip = Files.newInputStream(path)) {
                return RulePackZip.read(zip);
            }
        }
        files.put(path.toString(), Files.readString(path));
        Path parent = path.getParent();
        try (Stream<Path> siblings = Files.list(parent == null ? Path.of("") : parent)) {
            add(siblings.filter(file -> file.toString().endsWith(".py")), files);
        }
        return files;
    }

    /**
     * The files of globals and data models of the rule pack to which a path belongs: those in the
     * nearest folder above it that has such. Empty if there is none, or if the path is that folder
     * or is in one of these.
     */
    static Map<String, String> basisAbove(Path path) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path folder = path.toAbsolutePath().normalize();
        if (hasBasis(folder)) {
            return files;
        }
        while (folder != null && !hasBasis(folder)) {
            folder = folder.getParent();
        }
        if (folder == null) {
            return files;
        }
        for (String name : BASIS) {
            Path basis = folder.resolve(name);
            if (Files.isDirectory(basis) && !path.toAbsolutePath().normalize().startsWith(basis)) {
                addAll(basis, files);
            }
        }
        return files;
    }

    private static boolean hasBasis(Path folder) {
        return BASIS.stream().anyMatch(name -> Files.isDirectory(folder.resolve(name)));
    }

    private static void addAll(Path folder, Map<String, String> files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            add(all, files);
        }
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
