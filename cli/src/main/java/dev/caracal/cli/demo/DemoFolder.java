package dev.caracal.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the demo, or the drill, keeps its data. */
public record DemoFolder(Path root) {

    public DemoFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** What local AWS keeps: objects, messages, topics. */
    public Path aws() {
        return root.resolve("aws");
    }

    /** The control location, with {@code sources/} and {@code rules/}. */
    public Path control() {
        return root.resolve("control");
    }

    /** What rules remember. */
    public Path ruleCache() {
        return root.resolve("rule-cache");
    }

    /** The job's options while the demo runs. */
    public Path options() {
        return root.resolve("job.yaml");
    }

    /** The accounts' access keys as profiles of AWS, named after their buckets. */
    Path credentials() {
        return root.resolve("credentials");
    }

    /** The data lake, for {@code caracal search}. */
    public Path lake() {
        return root.resolve("lake");
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Has a folder for each log type; what is copied into one is put into a bucket. */
    Path drop() {
        return root.resolve("drop");
    }

    /** Files to copy into {@link #drop}. */
    Path samples() {
        return root.resolve("samples");
    }

    public Path logs() {
        return root.resolve("log");
    }

    public void create() throws IOException {
        for (Path folder :
                List.of(aws(), control(), lake(), checkpoints(), drop(), samples(), logs())) {
            Files.createDirectories(folder);
        }
    }

    /** Removes all that an earlier run has left. */
    public void empty() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(root)) {
                    Files.delete(file);
                }
            }
        }
    }
}
