package dev.caracal.job.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Python cannot be opened while this is: the folder for its files would lie in a file. */
final class BrokenPython implements AutoCloseable {

    private static final String FOLDER = "polyglot.engine.userResourceCache";

    private final String before;

    BrokenPython(Path file) throws IOException {
        before = System.getProperty(FOLDER, "");
        Files.writeString(file, "no folder");
        System.setProperty(FOLDER, file.resolve("cache").toString());
    }

    @Override
    public void close() {
        if (before.isEmpty()) {
            System.clearProperty(FOLDER);
            return;
        }
        System.setProperty(FOLDER, before);
    }
}
