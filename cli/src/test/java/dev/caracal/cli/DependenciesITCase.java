package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The libraries that {@code docs/security.md} lists are those that users get. */
class DependenciesITCase {

    private static final Path LIBRARIES = Path.of("target", "lib");
    private static final Path PAGE = Path.of("..", "docs", "security.md");

    private static final String SECTION = "## Dependencies";

    /** {@code | library | versions | `group`, `group` | …}. */
    private static final Pattern ROW = Pattern.compile("\\| [^|]+ \\| ([^|]+) \\| (`[^|]+`) \\|.*");

    private static final Pattern GROUP = Pattern.compile("`([^`]+)`");

    @Test
    void thePageNamesEachLibraryWithItsVersion() throws IOException {
        Map<String, Set<String>> listed = listed();
        Map<String, Set<String>> used = new LinkedHashMap<>();
        for (String group : listed.keySet()) {
            used.put(group, new TreeSet<>());
        }
        List<String> unlisted = new ArrayList<>();
        for (Path jar : jars()) {
            String folder = '/' + jar.toString().replace(File.separatorChar, '/');
            listed.keySet().stream()
                    .filter(group -> folder.contains('/' + group.replace('.', '/') + '/'))
                    .max(Comparator.comparingInt(String::length))
                    .ifPresentOrElse(
                            group -> used.get(group).add(version(jar)),
                            () -> unlisted.add(jar.getFileName().toString()));
        }

        assertThat(unlisted).isEmpty();
        assertThat(used).isEqualTo(listed);
    }

    /** Versions by group of Maven, as the page has them. */
    private static Map<String, Set<String>> listed() throws IOException {
        Map<String, Set<String>> listed = new LinkedHashMap<>();
        String page = Files.readString(PAGE);
        for (String line : page.substring(page.indexOf(SECTION)).lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> versions = new TreeSet<>(Arrays.asList(row.group(1).split(", ")));
                GROUP.matcher(row.group(2))
                        .results()
                        .forEach(group -> listed.put(group.group(1), versions));
            }
        }
        return listed;
    }

    /** Those of the class path that are handed to users, as Maven's repository has them. */
    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            Set<String> shipped =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            String classPath =
                    System.getProperty(
                            "surefire.test.class.path", System.getProperty("java.class.path"));
            return Arrays.stream(classPath.split(File.pathSeparator))
                    .map(Path::of)
                    .filter(file -> shipped.contains(file.getFileName().toString()))
                    .filter(file -> !file.getFileName().toString().startsWith("caracal-"))
                    .toList();
        }
    }

    /** Maven's repository has {@code group/artifact/version/file}. */
    private static String version(Path jar) {
        return jar.getName(jar.getNameCount() - 2).toString();
    }
}
