package dev.caracal.job.lookup;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.s3.ObjectContent;
import dev.caracal.connectors.s3.S3Object;
import dev.caracal.connectors.s3.S3ObjectRef;
import dev.caracal.connectors.s3.S3ObjectStore;
import dev.caracal.rules.lookup.LookupData;
import dev.caracal.rules.lookup.LookupIndex;
import dev.caracal.rules.lookup.LookupReader;
import dev.caracal.rules.lookup.LookupSchema;
import dev.caracal.rules.lookup.LookupTable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data of one lookup table, loaded once for all tasks of a JVM. A load that fails leaves what
 * was loaded before, and is tried again.
 */
final class SharedTable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedTable.class);
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Key key;
    private final ControlLocation control;

    private volatile @Nullable LookupIndex index;
    private volatile long dueMillis;

    /** Guarded by this. */
    private @Nullable String failure;

    private String eTag = "";
    private boolean waiting;

    SharedTable(Key key, ControlLocation control) {
        this.key = key;
        this.control = control;
    }

    /**
     * The identity of a table's content, and of what is made of it.
     *
     * @param control where the file is
     * @param dataTag changes when the file does
     */
    record Key(
            String control,
            LookupData data,
            String dataTag,
            String primaryKey,
            LookupSchema schema) {

        static Key of(ControlLocation control, LookupTableSource source, LookupTable table) {
            return new Key(
                    control.uri(),
                    table.data(),
                    source.dataTag(),
                    table.primaryKey(),
                    source.schema());
        }
    }

    /** Null until a load has succeeded. */
    @Nullable LookupIndex index() {
        return index;
    }

    /** What went wrong since this was last asked; only one task gets to know. */
    synchronized Optional<String> takeFailure() {
        Optional<String> taken = Optional.ofNullable(failure);
        failure = null;
        return taken;
    }

    /** Where the data is, for messages. */
    String location() {
        return key.data() instanceof LookupData.File file ? file.path() : key.data().toString();
    }

    /** Loads the data unless it is there. */
    synchronized void ensureLoaded(long nowMillis) {
        if (index == null && nowMillis >= dueMillis) {
            load(nowMillis);
        }
    }

    /** Whether it is time to load the data, for the first time or again, and nobody does yet. */
    synchronized boolean claim(long nowMillis) {
        boolean wanted = index == null || key.data() instanceof LookupData.Object;
        if (!wanted || waiting || nowMillis < dueMillis) {
            return false;
        }
        waiting = true;
        return true;
    }

    /** Loads what was claimed. */
    synchronized void loadClaimed(long nowMillis) {
        waiting = false;
        if (index == null || nowMillis >= dueMillis) {
            load(nowMillis);
        }
    }

    private void load(long nowMillis) {
        Duration next = RETRY;
        try {
            long start = System.nanoTime();
            LookupIndex loaded = read();
            if (loaded != null) {
                index = loaded;
                LOG.info(
                        "Lookup table data {} loaded in {} ms: {} keys",
                        location(),
                        (System.nanoTime() - start) / 1_000_000,
                        loaded.size());
            }
            failure = null;
            if (key.data() instanceof LookupData.Object object) {
                next = object.period();
            }
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the job goes on with what it has.
            String message = String.valueOf(e.getMessage());
            failure = message.contains(location()) ? message : location() + ": " + message;
            LOG.warn("Lookup table data {} cannot be loaded", location(), e);
        }
        dueMillis = nowMillis + next.toMillis();
        SharedTables.changed();
    }

    /** Null if an object is as it was. */
    private @Nullable LookupIndex read() throws IOException {
        if (key.data() instanceof LookupData.Object object) {
            return readObject(object);
        }
        if (!(key.data() instanceof LookupData.File file)) {
            throw new IOException("there is no data to load");
        }
        try (InputStream data = control.open(file.path())) {
            return LookupReader.read(file.path(), data, key.primaryKey(), key.schema());
        }
    }

    private @Nullable LookupIndex readObject(LookupData.Object object) throws IOException {
        try (S3ObjectStore store = new S3ObjectStore(control.aws())) {
            S3ObjectRef ref = new S3ObjectRef(object.bucket(), object.key(), "", "", -1);
            ObjectContent content =
                    store.open(new S3Object(ref, object.roleArn(), "", "", "", "", "", 0), false);
            boolean same = index != null && !eTag.isEmpty() && content.eTag().equals(eTag);
            try {
                if (same) {
                    return null;
                }
                LookupIndex loaded =
                        LookupReader.read(
                                object.toString(),
                                content.stream(),
                                key.primaryKey(),
                                key.schema());
                eTag = content.eTag();
                return loaded;
            } finally {
                content.abort().run();
            }
        }
    }
}
