package dev.caracal.connectors.sqs;

import dev.caracal.connectors.sqs.SqsQueue.ReceivedMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of a reader's long polls, over and over, until the messages end.
 *
 * <p>A poll that fails is tried again after a pause, however often; only a failure that {@link
 * SqsFailures} calls fatal fails the job, unless the reader survives it.
 */
final class SqsReceiver implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SqsReceiver.class);
    private static final long MIN_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 30_000;

    private final SqsSourceSettings settings;
    private final SqsQueue queue;
    private final InFlightMessages messages;
    private final SqsSourceMetrics metrics;
    private final Predicate<RuntimeException> survives;
    private final CountDownLatch closed;
    private long pauseMillis = MIN_PAUSE_MILLIS;

    /**
     * @param survives whether polling goes on after a failure that trying again does not mend
     * @param closed ends the pause after a failed poll
     */
    SqsReceiver(
            SqsSourceSettings settings,
            SqsQueue queue,
            InFlightMessages messages,
            SqsSourceMetrics metrics,
            Predicate<RuntimeException> survives,
            CountDownLatch closed) {
        this.settings = settings;
        this.queue = queue;
        this.messages = messages;
        this.metrics = metrics;
        this.survives = survives;
        this.closed = closed;
    }

    @Override
    public void run() {
        try {
            int granted = messages.reserve();
            while (granted > 0) {
                receive(granted);
                granted = messages.reserve();
            }
        } catch (InterruptedException e) {
            // The reader closes.
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            messages.fail(new IOException("Receiving stopped: " + settings.queueUrl(), e));
        }
    }

    private void receive(int granted) throws InterruptedException {
        List<ReceivedMessage> received;
        try {
            received = queue.receive(granted);
        } catch (RuntimeException e) {
            messages.cancel(granted);
            failed(e);
            return;
        }
        metrics.received.inc(received.size());
        messages.add(granted, received);
        pauseMillis = MIN_PAUSE_MILLIS;
    }

    private void failed(RuntimeException failure) throws InterruptedException {
        if (closed.getCount() == 0) {
            throw new InterruptedException("The reader is closed");
        }
        if (SqsFailures.isFatal(failure) && !survives.test(failure)) {
            messages.fail(
                    new IOException(
                            "Cannot receive from "
                                    + settings.queueUrl()
                                    + ": "
                                    + failure.getMessage(),
                            failure));
            return;
        }
        metrics.receiveFailures.inc();
        LOG.warn(
                "Receiving from {} failed, next try in {} ms",
                settings.queueUrl(),
                pauseMillis,
                failure);
        if (closed.await(pauseMillis, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("The reader is closed");
        }
        pauseMillis = Math.min(MAX_PAUSE_MILLIS, pauseMillis * 2);
    }
}
