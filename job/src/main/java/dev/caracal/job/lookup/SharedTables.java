package dev.caracal.job.lookup;

import dev.caracal.connectors.control.ControlLocation;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The tables of this JVM by the identity of their content, so that its tasks share one copy. A
 * table that no task holds any longer is collected.
 */
final class SharedTables {

    private static final Map<SharedTable.Key, WeakReference<SharedTable>> TABLES = new HashMap<>();
    private static final AtomicLong VERSION = new AtomicLong();

    /** Loads one table at a time; its thread ends when there is nothing to do. */
    private static final ThreadPoolExecutor LOADER = loader();

    private SharedTables() {}

    private static ThreadPoolExecutor loader() {
        ThreadPoolExecutor loader =
                new ThreadPoolExecutor(
                        1,
                        1,
                        5,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> {
                            Thread thread = new Thread(work, "lookup tables");
                            thread.setDaemon(true);
                            return thread;
                        });
        loader.allowCoreThreadTimeOut(true);
        return loader;
    }

    /** The one table of this identity. */
    static synchronized SharedTable of(SharedTable.Key key, ControlLocation control) {
        TABLES.values().removeIf(reference -> reference.get() == null);
        WeakReference<SharedTable> known = TABLES.get(key);
        SharedTable table = known == null ? null : known.get();
        if (table == null) {
            table = new SharedTable(key, control);
            TABLES.put(key, new WeakReference<>(table));
        }
        return table;
    }

    /** Loads the table in the background if it is time to. */
    static void loadIfDue(SharedTable table, LongSupplier clock) {
        if (table.claim(clock.getAsLong())) {
            LOADER.execute(() -> table.loadClaimed(clock.getAsLong()));
        }
    }

    /** Another number after a table was loaded, or failed to. */
    static long version() {
        return VERSION.get();
    }

    static void changed() {
        VERSION.incrementAndGet();
    }
}
