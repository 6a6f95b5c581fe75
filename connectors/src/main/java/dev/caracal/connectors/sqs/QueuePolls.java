package dev.caracal.connectors.sqs;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's polls of one queue: what they bring, and its deletion once a checkpoint holds it.
 */
final class QueuePolls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueuePolls.class);
    private static final long RECEIVERS_END_SECONDS = 3;

    private final SqsSourceSettings settings;
    private final SqsQueue queue;
    private final SqsSourceMetrics metrics;
    private final Predicate<RuntimeException> survives;
    private final InFlightMessages messages;
    private final DeliveryCalls calls;
    private final ExecutorService receivers;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param survives whether polling goes on after a failure that trying again does not mend; else
     *     the job fails
     */
    QueuePolls(
            SqsSourceSettings settings,
            SqsQueue queue,
            SqsSourceMetrics metrics,
            InstantSource clock,
            Predicate<RuntimeException> survives) {
        this.settings = settings;
        this.queue = queue;
        this.metrics = metrics;
        this.survives = survives;
        messages = new InFlightMessages(settings, clock);
        calls = new DeliveryCalls(settings, queue, messages, metrics, daemons("sqs-delivery"));
        receivers =
                Executors.newFixedThreadPool(
                        settings.receiveParallelism(), daemons("sqs-receiver"));
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    void start() {
        for (int i = 0; i < settings.receiveParallelism(); i++) {
            receivers.execute(
                    new SqsReceiver(settings, queue, messages, metrics, survives, closed));
        }
        calls.start();
    }

    InFlightMessages messages() {
        return messages;
    }

    @Nullable SqsMessage poll() {
        return messages.poll();
    }

    CompletableFuture<Void> available() {
        return messages.available();
    }

    void complete(long checkpoint) {
        calls.delete(messages.complete(checkpoint));
    }

    /** Deletes what is done and shows all other messages again, so that others find them. */
    @Override
    public void close() {
        closed.countDown();
        messages.end();
        receivers.shutdownNow();
        awaitReceivers();
        calls.close();
        queue.close();
    }

    /** What a poll brings in its last moment is to be released too. */
    private void awaitReceivers() {
        try {
            if (!receivers.awaitTermination(RECEIVERS_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A poll of {} does not end", settings.queueUrl());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
