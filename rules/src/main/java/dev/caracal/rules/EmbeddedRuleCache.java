package dev.caracal.rules;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A rule cache in a file, shared by all engines of this class loader that name its folder, and kept
 * over restarts. What a call changed is on disk a second later at most.
 *
 * <p>One thread does all operations, which makes them atomic, and keeps interrupts away from the
 * file: a thread that is interrupted while it reads, as Flink does to tasks, closes the file for
 * all.
 */
public final class EmbeddedRuleCache extends LocalRuleCache {

    private static final long SAVE_INTERVAL_MILLIS = 500;

    /** Entries looked at for their expiry after each save: a million in eight minutes. */
    private static final int SWEEP = 1000;

    private static final Map<Path, EmbeddedRuleCache> OPEN = new HashMap<>();

    private final Path folder;
    private final ExecutorService owner = Executors.newSingleThreadExecutor(daemon("rule-cache"));
    private final ScheduledExecutorService saver =
            Executors.newSingleThreadScheduledExecutor(daemon("rule-cache-saver"));
    private volatile CacheFile file;
    private @Nullable String nextSwept;
    private int holders;

    private EmbeddedRuleCache(Path folder, Clock clock) {
        super(clock);
        this.folder = folder;
        try {
            file = CompletableFuture.supplyAsync(() -> CacheFile.open(folder), owner).join();
        } catch (CompletionException e) {
            owner.shutdown();
            throw failure(e);
        }
        saver.scheduleWithFixedDelay(
                this::save, SAVE_INTERVAL_MILLIS, SAVE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * The cache of a folder, to be closed once for each time that it is opened.
     *
     * @throws RuleCacheException if the folder cannot be written
     */
    public static EmbeddedRuleCache open(Path folder) {
        return open(folder, Clock.systemUTC());
    }

    /**
     * @param clock of the cache, unless it is open already
     */
    static EmbeddedRuleCache open(Path folder, Clock clock) {
        synchronized (OPEN) {
            EmbeddedRuleCache cache =
                    OPEN.computeIfAbsent(
                            folder.toAbsolutePath().normalize(),
                            path -> new EmbeddedRuleCache(path, clock));
            cache.holders++;
            return cache;
        }
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            holders--;
            if (holders > 0) {
                return;
            }
            OPEN.remove(folder);
            // Behind the last save, which a close at the same time would disturb.
            CompletableFuture.runAsync(this::closeFile, saver).join();
            saver.shutdown();
            owner.shutdown();
        }
    }

    private void closeFile() {
        CompletableFuture.runAsync(() -> file.close(), owner).join();
    }

    @Override
    @Nullable CacheEntry kept(String key) {
        return ask(entries -> entries.get(key));
    }

    @Override
    CacheEntry replace(String key, Change change) {
        return ask(
                entries -> {
                    CacheEntry changed = change.of(entries.get(key));
                    if (changed == CacheEntry.NONE) {
                        entries.remove(key);
                    } else {
                        entries.put(key, changed);
                    }
                    return changed;
                });
    }

    /** The number of entries in the file, expired ones included. */
    long size() {
        return ask(MVMap::sizeAsLong);
    }

    /** Writes the file, and removes some of the entries that have expired. */
    void save() {
        file.save();
        ask(this::sweep);
    }

    private boolean sweep(MVMap<String, CacheEntry> entries) {
        Cursor<String, CacheEntry> cursor = entries.cursor(nextSwept);
        for (int looked = 0; looked < SWEEP && cursor.hasNext(); looked++) {
            String key = cursor.next();
            if (cursor.getValue().isExpired(now())) {
                entries.remove(key);
            }
        }
        nextSwept = cursor.hasNext() ? cursor.next() : null;
        return nextSwept == null;
    }

    private <T extends @Nullable Object> T ask(Function<MVMap<String, CacheEntry>, T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(question), owner).join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    private <T extends @Nullable Object> T answer(Function<MVMap<String, CacheEntry>, T> question) {
        try {
            return question.apply(file.entries());
        } catch (MVStoreException e) {
            file = file.reopen(e);
            return question.apply(file.entries());
        }
    }

    private RuleCacheException failure(CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new RuleCacheException(
                "The rule cache in " + folder + " failed: " + cause.getMessage(), cause);
    }
}
