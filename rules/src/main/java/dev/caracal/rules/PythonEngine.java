package dev.caracal.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Engine;
import org.jspecify.annotations.Nullable;

/**
 * The one GraalPy engine of this class loader, open as long as anybody holds it: contexts of one
 * engine share what was parsed, and a job that is cancelled leaves nothing behind.
 */
final class PythonEngine {

    /** The system property by which GraalPy finds the folder for its unpacked Python home. */
    private static final String RESOURCE_CACHE = "polyglot.engine.userResourceCache";

    private static @Nullable Engine engine;
    private static int holders;

    private PythonEngine() {}

    static synchronized Engine acquire() {
        Engine open = engine;
        if (open == null) {
            checkResourceCache();
            open =
                    Engine.newBuilder("python")
                            .allowExperimentalOptions(true)
                            .option("engine.WarnInterpreterOnly", "false")
                            .build();
            engine = open;
        }
        holders++;
        return open;
    }

    /** To be called once for each {@link #acquire}, after the holder's contexts are closed. */
    static synchronized void release() {
        holders--;
        if (holders > 0 || engine == null) {
            return;
        }
        try {
            engine.close(true);
        } finally {
            engine = null;
        }
    }

    static synchronized int holders() {
        return holders;
    }

    /**
     * Sets the folder unless it is set, and checks that it can be written: otherwise GraalPy fails
     * with "No module named 'json'" and not a word of the folder.
     */
    private static void checkResourceCache() {
        String set = System.getProperty(RESOURCE_CACHE);
        Path folder =
                set == null
                        ? Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "caracal-python-" + System.getProperty("user.name"))
                        : Path.of(set);
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "check", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder for Python's files, "
                            + folder
                            + " (system property "
                            + RESOURCE_CACHE
                            + "), cannot be written",
                    e);
        }
        System.setProperty(RESOURCE_CACHE, folder.toString());
    }
}
