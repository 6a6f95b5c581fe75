package dev.caracal.connectors.control;

import dev.caracal.connectors.aws.AwsSettings;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The one place with the files that steer a job: a folder, or a prefix of an S3 bucket, with the
 * folders of {@link #FOLDERS} in it.
 *
 * @param uri {@code s3://bucket/prefix}, {@code file:///folder}, or a plain path
 * @param aws how to reach S3; not used for a folder
 */
public record ControlLocation(String uri, AwsSettings aws) implements Serializable {

    /** What is read of the location; everything else in it is left alone. */
    public static final List<String> FOLDERS =
            List.of("destinations", "lookup_tables", "rules", "schemas", "sources");

    private static final String S3 = "s3://";
    private static final String FILE = "file:";

    public ControlLocation {
        Objects.requireNonNull(aws, "aws is null");
        if (uri.isBlank()) {
            throw new IllegalArgumentException("Control location is empty");
        }
        if (uri.startsWith(S3) && bucket(uri).isEmpty()) {
            throw new IllegalArgumentException(
                    "Control location is " + uri + ", expected s3://bucket/prefix");
        }
        if (!uri.startsWith(S3) && !uri.startsWith(FILE) && uri.contains("://")) {
            throw new IllegalArgumentException(
                    "Control location is " + uri + ", expected s3://… or a folder");
        }
    }

    /**
     * Reads the location once, for an operator that opens.
     *
     * @throws IOException if the location is missing or cannot be reached, or holds too much
     */
    public ControlSnapshot read() throws IOException {
        try (SnapshotReader reader = open()) {
            return reader.read();
        }
    }

    /** Starts to follow the location: every reading fetches only what has changed. */
    public SnapshotReader open() {
        return new SnapshotReader(store());
    }

    /**
     * Opens a file as it is now.
     *
     * @param path relative to the location, as {@link ControlData} has it
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read
     */
    public InputStream open(String path) throws IOException {
        ControlStore store = store();
        try {
            return new FilterInputStream(store.open(path)) {
                @Override
                public void close() throws IOException {
                    super.close();
                    store.close();
                }
            };
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * The text of a file as it is now, empty if there is none.
     *
     * @param path relative to the location
     * @throws IOException if it cannot be read
     */
    public Optional<String> find(String path) throws IOException {
        try (InputStream file = open(path)) {
            return Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts a file in place of the one of that path.
     *
     * @param path relative to the location, such as {@code sources/acme.yml}
     * @throws IOException if the location is missing or cannot be written
     */
    public void write(String path, String text) throws IOException {
        try (ControlStore store = store()) {
            store.put(path, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Opens the location for who writes to it again and again. */
    public ControlWriter openWriter() {
        return new ControlWriter(store());
    }

    /**
     * Removes a file; one that is not there stays so.
     *
     * @throws IOException if the location cannot be written
     */
    public void delete(String path) throws IOException {
        try (ControlStore store = store()) {
            store.delete(path);
        }
    }

    private ControlStore store() {
        if (uri.startsWith(S3)) {
            return new BucketStore(bucket(uri), prefix(uri), aws);
        }
        return new FolderStore(uri.startsWith(FILE) ? Path.of(URI.create(uri)) : Path.of(uri));
    }

    private static String bucket(String uri) {
        String rest = uri.substring(S3.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    private static String prefix(String uri) {
        String rest = uri.substring(S3.length());
        int slash = rest.indexOf('/');
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + '/';
    }

    @Override
    public String toString() {
        return uri;
    }
}
