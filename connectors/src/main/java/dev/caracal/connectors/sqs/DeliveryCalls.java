package dev.caracal.connectors.sqs;

import dev.caracal.connectors.sqs.SqsQueue.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls about messages in flight, in batches and off the task's thread: it extends those that
 * wait, deletes those that are done, and shows the rest again at the end.
 *
 * <p>No failure of theirs reaches the job. What cannot be extended or deleted is tried again; at
 * worst it is delivered again.
 */
final class DeliveryCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryCalls.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final long MAX_RETRY_SECONDS = 30;

    /** So that a failed extension is tried several times before the visibility is over. */
    private static final int TICKS_PER_VISIBILITY = 8;

    private final SqsSourceSettings settings;
    private final SqsQueue queue;
    private final InFlightMessages messages;
    private final SqsSourceMetrics metrics;
    private final ScheduledExecutorService timer;
    private final ExecutorService calls;

    DeliveryCalls(
            SqsSourceSettings settings,
            SqsQueue queue,
            InFlightMessages messages,
            SqsSourceMetrics metrics,
            ThreadFactory threads) {
        this.settings = settings;
        this.queue = queue;
        this.messages = messages;
        this.metrics = metrics;
        // What comes too late, while the reader closes, is dropped.
        this.timer = new ScheduledThreadPoolExecutor(1, threads, new DiscardPolicy());
        this.calls =
                new ThreadPoolExecutor(
                        settings.receiveParallelism(),
                        settings.receiveParallelism(),
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        threads,
                        new DiscardPolicy());
    }

    void start() {
        long tick = settings.visibilityTimeout().toMillis() / TICKS_PER_VISIBILITY;
        var unused =
                timer.scheduleWithFixedDelay(this::extendDue, tick, tick, TimeUnit.MILLISECONDS);
    }

    private void extendDue() {
        inBatches(messages.takeDue(), this::extend);
    }

    private void extend(List<String> handles) {
        try {
            List<Failure> failures = queue.changeVisibility(handles, settings.visibilityTimeout());
            metrics.heartbeatFailures.inc(failures.size());
            metrics.expired.inc(messages.expire(handles(failures, true)));
            messages.extendAgain(handles(failures, false));
        } catch (RuntimeException e) {
            metrics.heartbeatFailures.inc(handles.size());
            messages.extendAgain(handles);
            LOG.warn("Extending {} messages failed, will be tried again", handles.size(), e);
        }
    }

    /** Deletes messages, as long as it takes. */
    void delete(List<String> handles) {
        inBatches(handles, batch -> delete(batch, 1));
    }

    private void delete(List<String> handles, int attempt) {
        List<String> left = tryDelete(handles);
        if (left.isEmpty()) {
            return;
        }
        long seconds = Math.min(MAX_RETRY_SECONDS, 1L << Math.min(attempt - 1, 5));
        var unused =
                timer.schedule(
                        () -> inBatches(left, batch -> delete(batch, attempt + 1)),
                        seconds,
                        TimeUnit.SECONDS);
    }

    /** The messages that are still to be deleted. */
    private List<String> tryDelete(List<String> handles) {
        try {
            List<Failure> failures = queue.delete(handles);
            List<String> gone = handles(failures, true);
            List<String> left = handles(failures, false);
            metrics.deleteFailures.inc(failures.size());
            metrics.expired.inc(messages.expire(gone));
            metrics.deleted.inc(handles.size() - failures.size());
            Set<String> settled = new LinkedHashSet<>(handles);
            left.forEach(settled::remove);
            messages.remove(settled);
            return left;
        } catch (RuntimeException e) {
            metrics.deleteFailures.inc(handles.size());
            LOG.warn("Deleting {} messages failed, will be tried again", handles.size(), e);
            return handles;
        }
    }

    private void release(List<String> handles) {
        try {
            queue.changeVisibility(handles, Duration.ZERO);
            messages.remove(handles);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Releasing {} messages failed, they come again within {}",
                    handles.size(),
                    settings.visibilityTimeout(),
                    e);
        }
    }

    private static List<String> handles(List<Failure> failures, boolean gone) {
        return failures.stream()
                .filter(failure -> failure.gone() == gone)
                .map(Failure::receiptHandle)
                .toList();
    }

    private void inBatches(List<String> handles, Consumer<List<String>> call) {
        for (int start = 0; start < handles.size(); start += SqsQueue.MAX_BATCH) {
            int end = Math.min(handles.size(), start + SqsQueue.MAX_BATCH);
            List<String> batch = new ArrayList<>(handles.subList(start, end));
            calls.execute(() -> call.accept(batch));
        }
    }

    /** Ends the heartbeat, deletes what is done, and shows all other messages to other readers. */
    @Override
    public void close() {
        timer.shutdownNow();
        inBatches(messages.done(), this::tryDelete);
        inBatches(messages.notDone(), this::release);
        calls.shutdown();
        try {
            if (!calls.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                calls.shutdownNow();
            }
        } catch (InterruptedException e) {
            calls.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
