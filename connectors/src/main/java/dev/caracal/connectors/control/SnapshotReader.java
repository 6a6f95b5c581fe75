package dev.caracal.connectors.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a control location again and again, fetching only files that have changed. Hidden files and
 * the backup files of editors do not count, and of the data of lookup tables the content is not
 * read. A file that changes while it is read keeps its former content, or is left out if it is new,
 * until the next reading. For one thread at a time.
 */
public final class SnapshotReader implements AutoCloseable {

    static final long MAX_FILE_BYTES = 16L << 20;
    static final long MAX_BYTES = 64L << 20;

    private final ControlStore store;
    private Map<String, ControlFile> known = Map.of();
    private ControlSnapshot snapshot = ControlSnapshot.NOTHING;

    SnapshotReader(ControlStore store) {
        this.store = store;
    }

    /**
     * The location's files as they are now; the same snapshot as before if none has changed.
     *
     * @throws IOException if the location is missing or cannot be reached, or holds more than 64
     *     MiB; what was read before still holds
     */
    public ControlSnapshot read() throws IOException {
        List<ControlStore.Entry> entries =
                store.list(ControlLocation.FOLDERS).stream()
                        .filter(entry -> !isIgnored(entry.path()))
                        .sorted(Comparator.comparing(ControlStore.Entry::path))
                        .toList();
        Map<String, ControlFile> files = new HashMap<>();
        List<ControlFile> inOrder = new ArrayList<>();
        List<ControlData> data = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        long bytes = 0;
        for (ControlStore.Entry entry : entries) {
            if (ControlData.is(entry.path())) {
                data.add(new ControlData(entry.path(), entry.tag(), entry.size()));
                continue;
            }
            if (entry.size() > MAX_FILE_BYTES) {
                problems.add(
                        entry.path()
                                + " has "
                                + entry.size()
                                + " bytes, allowed are "
                                + MAX_FILE_BYTES);
                continue;
            }
            bytes += entry.size();
            if (bytes > MAX_BYTES) {
                throw new IOException(
                        "The control location holds more than " + MAX_BYTES + " bytes");
            }
            Optional<ControlFile> file = file(entry);
            if (file.isPresent()) {
                files.put(entry.path(), file.get());
                inOrder.add(file.get());
            }
        }
        boolean unchanged =
                !snapshot.version().isEmpty()
                        && inOrder.equals(snapshot.files())
                        && data.equals(snapshot.data())
                        && problems.equals(snapshot.problems());
        known = files;
        if (!unchanged) {
            snapshot = ControlSnapshot.of(inOrder, data, problems);
        }
        return snapshot;
    }

    private Optional<ControlFile> file(ControlStore.Entry entry) throws IOException {
        Optional<ControlFile> before = Optional.ofNullable(known.get(entry.path()));
        if (before.isPresent() && before.get().tag().equals(entry.tag())) {
            return before;
        }
        return store.fetch(entry)
                .map(content -> new ControlFile(entry.path(), entry.tag(), content))
                .or(() -> before);
    }

    private static boolean isIgnored(String path) {
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.startsWith(".") || part.equals("__pycache__")) {
                return true;
            }
        }
        String name = parts[parts.length - 1];
        return name.isEmpty()
                || name.endsWith("~")
                || name.endsWith(".swp")
                || name.endsWith(".tmp")
                || name.endsWith(".bak")
                || (name.startsWith("#") && name.endsWith("#"));
    }

    @Override
    public void close() {
        store.close();
    }
}
