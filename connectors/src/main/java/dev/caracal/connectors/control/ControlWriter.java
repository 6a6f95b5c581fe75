package dev.caracal.connectors.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes files of a control location, over one connection; used by one thread at a time. */
public final class ControlWriter implements AutoCloseable {

    private final ControlStore store;

    ControlWriter(ControlStore store) {
        this.store = store;
    }

    /**
     * Puts a file in place of the one of that path.
     *
     * @param path relative to the location, such as {@code health/sources.json}
     * @throws IOException if the location is missing or cannot be written
     */
    public void write(String path, String text) throws IOException {
        store.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        store.close();
    }
}
