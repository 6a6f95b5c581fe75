package dev.caracal.connectors.control;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One file of the control location. Treat the array as immutable: it is shared between snapshots.
 *
 * @param path relative to the location, with slashes, for example {@code rules/okta/login.py}
 * @param tag changes when the file does; the ETag, or modification time, size and identity
 */
public record ControlFile(String path, String tag, byte[] content) {

    public ControlFile {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(tag, "tag is null");
        Objects.requireNonNull(content, "content is null");
    }

    /** The content as UTF-8; bytes that are not become U+FFFD. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Without the content. */
    @Override
    public String toString() {
        return path + " (" + content.length + " bytes, " + tag + ')';
    }
}
