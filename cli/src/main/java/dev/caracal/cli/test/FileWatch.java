package dev.caracal.cli.test;

import dev.caracal.cli.rules.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Notices changes of rules' files by looking at them again and again: that works on every file
 * system, and costs a few milliseconds.
 */
final class FileWatch {

    private static final long PERIOD_MILLIS = 300;

    private final List<Path> paths;
    private Map<Path, Stamp> known;

    FileWatch(List<Path> paths) {
        this.paths = List.copyOf(paths);
        this.known = look();
    }

    private record Stamp(FileTime changed, long size) {}

    /** Returns when the files are not as they were, and have come to rest. */
    void awaitChange() throws InterruptedException {
        Map<Path, Stamp> before = known;
        Map<Path, Stamp> now = look();
        while (now.equals(before) || !now.equals(known)) {
            known = now;
            TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            now = look();
        }
    }

    /** A file that vanishes meanwhile is not there. */
    private Map<Path, Stamp> look() {
        var stamps = new HashMap<Path, Stamp>();
        for (Path path : paths) {
            try {
                for (Path file : RuleFiles.findAll(path)) {
                    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    stamps.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
                }
            } catch (IOException e) {
                stamps.remove(path);
            }
        }
        return stamps;
    }
}
