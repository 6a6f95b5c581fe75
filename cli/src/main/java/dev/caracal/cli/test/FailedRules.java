package dev.caracal.cli.test;

import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules that failed when they were last tested, by path; kept in a file from run to run. */
final class FailedRules {

    private final Path file;
    private final Set<String> paths = new TreeSet<>();

    private FailedRules(Path file) {
        this.file = file;
    }

    /** None if there is no such file yet. */
    static FailedRules read(Path file) throws IOException {
        var failed = new FailedRules(file);
        if (Files.exists(file)) {
            failed.paths.addAll(Files.readAllLines(file));
        }
        return failed;
    }

    /** The rules in their order, but those that failed first. */
    List<RuleSource> first(List<RuleSource> rules) {
        Comparator<RuleSource> failedFirst =
                Comparator.comparing(rule -> !paths.contains(absolute(rule)));
        return rules.stream().sorted(failedFirst).toList();
    }

    void note(RuleRun run) {
        if (run.isGood()) {
            paths.remove(absolute(run.source()));
        } else {
            paths.add(absolute(run.source()));
        }
    }

    void write() throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, paths);
    }

    private static String absolute(RuleSource rule) {
        return Path.of(rule.path()).toAbsolutePath().normalize().toString();
    }
}
