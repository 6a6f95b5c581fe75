package dev.caracal.connectors.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a writer's calls on a small pool, with a bound on the parts that wait in memory. */
final class PartUploader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartUploader.class);
    private static final int PARTS_PER_THREAD = 2;
    private static final long CLOSE_SECONDS = 10;

    private final MultipartStore store;
    private final ExecutorService pool;
    private final Semaphore parts;
    private final List<CompletableFuture<Void>> aborts = new ArrayList<>();

    PartUploader(MultipartStore store, int parallelism) {
        this.store = store;
        this.pool =
                Executors.newFixedThreadPool(
                        parallelism,
                        task -> {
                            Thread thread = new Thread(task, "s3-upload");
                            thread.setDaemon(true);
                            return thread;
                        });
        this.parts = new Semaphore(parallelism * PARTS_PER_THREAD);
    }

    CompletableFuture<String> create(String key) {
        return CompletableFuture.supplyAsync(() -> store.create(key), pool);
    }

    /** Waits while too many parts are on their way. */
    CompletableFuture<String> uploadPart(
            String key, CompletableFuture<String> uploadId, int number, byte[] bytes)
            throws InterruptedException {
        parts.acquire();
        return uploadId.thenApplyAsync(id -> store.uploadPart(key, id, number, bytes), pool)
                .whenComplete((eTag, failure) -> parts.release());
    }

    /** Aborts an upload as soon as nothing more is sent to it; a failure is only logged. */
    void abort(String key, CompletableFuture<String> uploadId, CompletableFuture<Void> sent) {
        aborts.add(
                sent.exceptionally(failure -> null)
                        .thenCombine(uploadId, (done, id) -> id)
                        .thenAcceptAsync(id -> store.abort(key, id), pool)
                        .whenComplete(
                                (done, failure) -> {
                                    if (failure != null) {
                                        LOG.warn("The upload of {} is not aborted", key, failure);
                                    }
                                }));
    }

    /** Lets the aborts end, within a limit. */
    @Override
    public void close() {
        try {
            CompletableFuture.allOf(aborts.toArray(CompletableFuture<?>[]::new))
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Not all uploads are aborted; a lifecycle rule of the bucket should do so", e);
        }
        pool.shutdownNow();
        store.close();
    }
}
