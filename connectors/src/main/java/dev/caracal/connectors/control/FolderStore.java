package dev.caracal.connectors.control;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A folder of this machine's file system; symbolic links are followed. */
final class FolderStore implements ControlStore {

    private final Path root;

    FolderStore(Path root) {
        this.root = root;
    }

    @Override
    public List<Entry> list(List<String> folders) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException("Control location " + root + " is not a folder");
        }
        List<Entry> entries = new ArrayList<>();
        for (String name : folders) {
            Path folder = root.resolve(name);
            if (Files.isDirectory(folder)) {
                Files.walkFileTree(
                        folder,
                        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                        Integer.MAX_VALUE,
                        new Collector(entries));
            }
        }
        return entries;
    }

    private final class Collector extends SimpleFileVisitor<Path> {

        private final List<Entry> entries;

        Collector(List<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                entries.add(new Entry(path, tag(attributes), attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            // Gone since the folder was listed, a dangling link, or a loop of links.
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public Optional<byte[]> fetch(Entry entry) throws IOException {
        Path file = root.resolve(entry.path());
        try {
            byte[] content = Files.readAllBytes(file);
            String tagAfter = tag(Files.readAttributes(file, BasicFileAttributes.class));
            boolean settled = tagAfter.equals(entry.tag()) && content.length == entry.size();
            return settled ? Optional.of(content) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Written beside the folders that are read, then moved, so that nobody reads half of it. */
    @Override
    public void put(String path, byte[] content) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException("Control location " + root + " is not a folder");
        }
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent(), path));
        Path written = root.resolve("." + UUID.randomUUID());
        try {
            Files.write(written, content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    /** A rename into place changes the file key even where time and size stay. */
    private static String tag(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    }

    @Override
    public void close() {}
}
