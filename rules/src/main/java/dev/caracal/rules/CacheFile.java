package dev.caracal.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of cache entries, an H2 MVStore, locked for this process and class loader.
 *
 * <p>A folder has as many files as have ever been open at once: {@code rule-cache-1.mv} and so on.
 * One opens the first that nobody has locked.
 */
final class CacheFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFile.class);
    private static final int MAX_FILES = 64;

    /** A changed entry costs the writing of its page. */
    private static final int PAGE_BYTES = 4096;

    /**
     * How long space is not used again after its content is outdated. H2 leaves 45 s because it
     * does not force files to disk; this one is forced.
     */
    private static final int RETENTION_MILLIS = 5000;

    /** What MVStore reports when the file is to blame, not the disk. */
    private static final Set<Integer> DAMAGE =
            Set.of(
                    DataUtils.ERROR_READING_FAILED,
                    DataUtils.ERROR_INTERNAL,
                    DataUtils.ERROR_UNSUPPORTED_FORMAT,
                    DataUtils.ERROR_FILE_CORRUPT,
                    DataUtils.ERROR_SERIALIZATION,
                    DataUtils.ERROR_CHUNK_NOT_FOUND,
                    DataUtils.ERROR_BLOCK_NOT_FOUND);

    private final Path path;
    private final MVStore store;
    private final MVMap<String, CacheEntry> entries;

    private CacheFile(Path path) {
        this.path = path;
        store =
                new MVStore.Builder()
                        .fileName(path.toString())
                        .pageSplitSize(PAGE_BYTES)
                        .backgroundExceptionHandler((thread, e) -> reportUnwritten(path, e))
                        .open();
        try {
            store.setRetentionTime(RETENTION_MILLIS);
            entries =
                    store.openMap(
                            "entries",
                            new MVMap.Builder<String, CacheEntry>()
                                    .keyType(StringDataType.INSTANCE)
                                    .valueType(CacheEntryType.INSTANCE));
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /**
     * Opens the first file of a folder that is not locked. A damaged one is put aside and begun
     * anew.
     *
     * @throws UncheckedIOException if the folder cannot be written
     */
    static CacheFile open(Path folder) {
        checkWritable(folder);
        for (int number = 1; number <= MAX_FILES; number++) {
            Optional<CacheFile> file = openUnlessLocked(folder.resolve(name(number)));
            if (file.isPresent()) {
                if (number > 1) {
                    LOG.warn(
                            "Another process or job has the rule cache's file {} in {} open; this"
                                    + " one uses {}, and they share nothing",
                            name(1),
                            folder,
                            name(number));
                }
                return file.get();
            }
        }
        throw new UncheckedIOException(
                new IOException(
                        "All "
                                + MAX_FILES
                                + " files of the rule cache in "
                                + folder
                                + " are open"));
    }

    private static String name(int number) {
        return "rule-cache-" + number + ".mv";
    }

    private static void checkWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "check", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder of the rule cache, " + folder + ", cannot be written", e);
        }
    }

    private static Optional<CacheFile> openUnlessLocked(Path path) {
        try {
            return Optional.of(new CacheFile(path));
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                return Optional.empty();
            }
            if (!isDamage(e)) {
                throw e;
            }
            putAside(path, e);
            return Optional.of(new CacheFile(path));
        }
    }

    private static boolean isDamage(Throwable fault) {
        for (Throwable e = fault; e != null; e = e.getCause()) {
            if (e instanceof MVStoreException reported
                    && DAMAGE.contains(reported.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    private static void putAside(Path path, Exception fault) {
        Path aside = path.resolveSibling(path.getFileName() + ".damaged");
        LOG.warn(
                "The rule cache's file {} is damaged; it is put aside as {}, and rules begin without"
                        + " what it held",
                path,
                aside.getFileName(),
                fault);
        try {
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reportUnwritten(Path path, @Nullable Throwable fault) {
        LOG.warn("The rule cache's file {} cannot be written", path, fault);
    }

    MVMap<String, CacheEntry> entries() {
        return entries;
    }

    /** Writes what has changed, and forces to disk what was written before. */
    void save() {
        try {
            store.commit();
            store.sync();
        } catch (MVStoreException e) {
            reportUnwritten(path, e);
        }
    }

    /** A file to go on with after a fault; what was not yet written is lost. */
    CacheFile reopen(MVStoreException fault) {
        store.closeImmediately();
        if (isDamage(fault)) {
            putAside(path, fault);
        }
        return open(path.resolveSibling(""));
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (MVStoreException e) {
            reportUnwritten(path, e);
            store.closeImmediately();
        }
    }
}
