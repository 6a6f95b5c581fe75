package dev.caracal.connectors.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes uploaded files visible, several at once, each exactly once.
 *
 * <p>A commit may come again after a restart. Since a key is never used twice, an upload that S3 no
 * longer knows is committed if its key exists; if not, it has been aborted from outside and its
 * lines are lost, which fails the job.
 */
final class S3FileCommitter implements Committer<PendingUpload> {

    private static final Logger LOG = LoggerFactory.getLogger(S3FileCommitter.class);

    private final MultipartStore store;
    private final ExecutorService pool;

    S3FileCommitter(MultipartStore store, int parallelism) {
        this.store = store;
        this.pool =
                Executors.newFixedThreadPool(
                        parallelism,
                        task -> {
                            Thread thread = new Thread(task, "s3-commit");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public void commit(Collection<CommitRequest<PendingUpload>> requests)
            throws IOException, InterruptedException {
        List<CommitRequest<PendingUpload>> waiting = List.copyOf(requests);
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (CommitRequest<PendingUpload> request : waiting) {
            outcomes.add(pool.submit(() -> commit(request.getCommittable())));
        }
        for (int i = 0; i < waiting.size(); i++) {
            switch (await(outcomes.get(i))) {
                case COMMITTED -> {}
                case ALREADY_COMMITTED -> waiting.get(i).signalAlreadyCommitted();
                case FAILED_FOR_NOW -> waiting.get(i).retryLater();
            }
        }
    }

    private static Outcome await(Future<Outcome> outcome) throws IOException, InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
            throw new IOException("Committing failed", e);
        }
    }

    private Outcome commit(PendingUpload upload) throws IOException {
        try {
            store.complete(upload);
            return Outcome.COMMITTED;
        } catch (RuntimeException e) {
            return UploadFailures.isNoSuchUpload(e)
                    ? findCommitted(upload)
                    : retryUnlessFatal(upload, e);
        }
    }

    private Outcome findCommitted(PendingUpload upload) throws IOException {
        try {
            if (store.exists(upload.key())) {
                return Outcome.ALREADY_COMMITTED;
            }
        } catch (RuntimeException e) {
            return retryUnlessFatal(upload, e);
        }
        throw new IOException(
                "Cannot commit "
                        + upload
                        + ": the upload has been aborted, by a lifecycle rule or by hand, and its"
                        + " lines are lost");
    }

    private static Outcome retryUnlessFatal(PendingUpload upload, RuntimeException failure)
            throws IOException {
        if (UploadFailures.isFatal(failure)) {
            throw new IOException("Cannot commit " + upload + ": " + failure.getMessage(), failure);
        }
        LOG.warn("Committing {} failed, will be tried again", upload, failure);
        return Outcome.FAILED_FOR_NOW;
    }

    @Override
    public void close() {
        pool.shutdownNow();
        store.close();
    }

    private enum Outcome {
        COMMITTED,
        ALREADY_COMMITTED,
        FAILED_FOR_NOW
    }
}
