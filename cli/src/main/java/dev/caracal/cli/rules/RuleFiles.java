package dev.caracal.cli.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caracal.connectors.control.RulePackZip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files of rules on disk, and reads them. */
public final class RuleFiles {

    /** Folders of a rule pack whose files the rules in other folders need. */
    private static final List<String> BASIS = List.of("global_helpers", "data_models");

    private RuleFiles() {}

    /**
     * The YAML and Python files under a folder or in a zip file, or one YAML file and the Python
     * files beside it, by path.
     */
    public static Map<String, String> read(Path path) throws IOException {
        if (path.toString().endsWith(".zip") && Files.isRegularFile(path)) {
            try (InputStream zip = Files.newInputStream(path)) {
                Map<String, String> texts = new TreeMap<>();
                RulePackZip.read(zip)
                        .forEach((name, content) -> texts.put(name, new String(content, UTF_8)));
                return texts;
            }
        }
        return texts(find(path));
    }

    /**
     * The files of globals and data models of the rule pack to which a path belongs: those in the
     * nearest folder above it that has such. Empty if there is none, or if the path is that folder
     * or is in one of these.
     */
    public static Map<String, String> basisAbove(Path path) throws IOException {
        return texts(findBasisAbove(path));
    }

    /** All files on which the two depend. */
    public static List<Path> findAll(Path path) throws IOException {
        var files = new ArrayList<Path>(find(path));
        files.addAll(findBasisAbove(path));
        return files;
    }

    private static List<Path> find(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + " does not exist");
        }
        if (Files.isDirectory(path)) {
            return findUnder(path);
        }
        var files = new ArrayList<Path>(List.of(path));
        Path parent = path.getParent();
        try (Stream<Path> siblings = Files.list(parent == null ? Path.of("") : parent)) {
            siblings.filter(file -> file.toString().endsWith(".py")).forEach(files::add);
        }
        return files;
    }

    private static List<Path> findBasisAbove(Path path) throws IOException {
        Path start = path.toAbsolutePath().normalize();
        Path folder = start;
        while (folder != null && !hasBasis(folder)) {
            folder = folder.getParent();
        }
        var files = new ArrayList<Path>();
        if (folder == null || folder.equals(start)) {
            return files;
        }
        for (String name : BASIS) {
            Path basis = folder.resolve(name);
            if (Files.isDirectory(basis) && !start.startsWith(basis)) {
                files.addAll(findUnder(basis));
            }
        }
        return files;
    }

    private static boolean hasBasis(Path folder) {
        return BASIS.stream().anyMatch(name -> Files.isDirectory(folder.resolve(name)));
    }

    private static List<Path> findUnder(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().matches(".*\\.(ya?ml|py)"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static Map<String, String> texts(List<Path> files) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : files) {
            texts.put(file.toString(), Files.readString(file));
        }
        return texts;
    }
}
