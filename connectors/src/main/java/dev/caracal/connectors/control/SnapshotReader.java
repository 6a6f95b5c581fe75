package dev.caracal.connectors.control;

import java.io.ByteArrayInputStream;
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
 * read. A zip file stands for the YAML and Python files in it, as if it were a folder. A file that
 * changes while it is read keeps its former content, or is left out if it is new, until the next
 * reading. For one thread at a time.
 */
public final class SnapshotReader implements AutoCloseable {

    static final long MAX_FILE_BYTES = 16L << 20;
    static final long MAX_BYTES = 64L << 20;

    private final ControlStore store;
    private Map<String, Content> known = Map.of();
    private ControlSnapshot snapshot = ControlSnapshot.NOTHING;

    /**
     * What a listed file holds.
     *
     * @param files itself, or the files in it
     * @param problem why it is left out; empty if it is not
     */
    private record Content(String tag, List<ControlFile> files, Optional<String> problem) {

        int bytes() {
            return files.stream().mapToInt(file -> file.content().length).sum();
        }
    }

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
        Map<String, Content> contents = new HashMap<>();
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
            requireRoom(bytes + entry.size());
            Optional<Content> content = content(entry);
            if (content.isEmpty()) {
                bytes += entry.size();
                continue;
            }
            contents.put(entry.path(), content.get());
            inOrder.addAll(content.get().files());
            content.get().problem().ifPresent(problems::add);
            bytes += Math.max(entry.size(), content.get().bytes());
            requireRoom(bytes);
        }
        boolean unchanged =
                !snapshot.version().isEmpty()
                        && inOrder.equals(snapshot.files())
                        && data.equals(snapshot.data())
                        && problems.equals(snapshot.problems());
        known = contents;
        if (!unchanged) {
            snapshot = ControlSnapshot.of(inOrder, data, problems);
        }
        return snapshot;
    }

    private static void requireRoom(long bytes) throws IOException {
        if (bytes > MAX_BYTES) {
            throw new IOException("The control location holds more than " + MAX_BYTES + " bytes");
        }
    }

    private Optional<Content> content(ControlStore.Entry entry) throws IOException {
        Optional<Content> before = Optional.ofNullable(known.get(entry.path()));
        if (before.isPresent() && before.get().tag().equals(entry.tag())) {
            return before;
        }
        return store.fetch(entry).map(bytes -> content(entry, bytes)).or(() -> before);
    }

    private static Content content(ControlStore.Entry entry, byte[] bytes) {
        if (!entry.path().endsWith(".zip")) {
            var file = new ControlFile(entry.path(), entry.tag(), bytes);
            return new Content(entry.tag(), List.of(file), Optional.empty());
        }
        List<ControlFile> files = new ArrayList<>();
        try {
            RulePackZip.read(new ByteArrayInputStream(bytes))
                    .forEach(
                            (path, content) ->
                                    files.add(
                                            new ControlFile(
                                                    entry.path() + '/' + path,
                                                    entry.tag(),
                                                    content)));
            return new Content(entry.tag(), files, Optional.empty());
        } catch (IOException e) {
            return new Content(
                    entry.tag(), List.of(), Optional.of(entry.path() + ": " + e.getMessage()));
        }
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
