package dev.caracal.connectors.delivery;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.delivery.Outcome.GiveUp;
import dev.caracal.connectors.delivery.Outcome.TryAgain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries each delivery until it is taken or given up; a pause in between costs no thread. */
final class DeliveryFunction<D extends Delivery> extends RichAsyncFunction<D, DeadLetter> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFunction.class);
    private static final long IDLE_SECONDS = 30;
    private static final ThreadFactory THREADS =
            task -> {
                Thread thread = new Thread(task, "delivery");
                thread.setDaemon(true);
                return thread;
            };

    private final Transport.Factory<D> factory;
    private final RetryPolicy retry;

    private transient Transport<D> transport;
    private transient ScheduledExecutorService pauses;
    private transient Map<String, ExecutorService> sendersByDestination;
    private transient volatile boolean closed;
    private transient MetricGroup metrics;
    private transient Counter delivered;
    private transient Counter retries;
    private transient Map<String, Counter> givenUpByReason;

    DeliveryFunction(Transport.Factory<D> factory, RetryPolicy retry) {
        this.factory = factory;
        this.retry = retry;
    }

    @Override
    public void open(OpenContext context) {
        metrics = getRuntimeContext().getMetricGroup().addGroup("caracal").addGroup("delivery");
        delivered = metrics.counter("delivered", new ThreadSafeSimpleCounter());
        retries = metrics.counter("retries", new ThreadSafeSimpleCounter());
        givenUpByReason = new ConcurrentHashMap<>();
        sendersByDestination = new ConcurrentHashMap<>();
        pauses = Executors.newSingleThreadScheduledExecutor(THREADS);
        transport = factory.open();
    }

    @Override
    public void asyncInvoke(D delivery, ResultFuture<DeadLetter> result) {
        submit(new Attempt<>(delivery, result, 1, System.nanoTime()));
    }

    /** One attempt at a delivery; the next has one more. */
    private record Attempt<D>(
            D delivery, ResultFuture<DeadLetter> result, int number, long begunNanos) {

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - begunNanos);
        }

        Attempt<D> next() {
            return new Attempt<>(delivery, result, number + 1, begunNanos);
        }
    }

    private void submit(Attempt<D> attempt) {
        if (closed) {
            return;
        }
        sendersByDestination
                .computeIfAbsent(attempt.delivery().destination(), destination -> senders())
                .execute(() -> run(attempt));
    }

    /** Threads of one destination, so that one which hangs takes none from the others. */
    private ExecutorService senders() {
        var senders =
                new ThreadPoolExecutor(
                        retry.perDestination(),
                        retry.perDestination(),
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        THREADS);
        senders.allowCoreThreadTimeOut(true);
        return senders;
    }

    private void run(Attempt<D> attempt) {
        try {
            Outcome outcome = send(attempt.delivery());
            if (!closed) {
                finish(attempt, outcome);
            }
        } catch (Throwable e) {
            if (!closed) {
                attempt.result().completeExceptionally(e);
            }
        }
    }

    /** A defect of the transport costs its delivery, not the job. */
    private Outcome send(D delivery) {
        try {
            return transport.send(delivery);
        } catch (RuntimeException e) {
            // Its message is not of our making, and may hold what must not be shown.
            return new GiveUp("failed", "Stopped by " + e.getClass().getName());
        }
    }

    private void finish(Attempt<D> attempt, Outcome outcome) {
        if (outcome instanceof TryAgain failed) {
            tryAgain(attempt, failed);
            return;
        }
        if (outcome instanceof GiveUp failed) {
            giveUp(attempt, failed);
            return;
        }
        delivered.inc();
        attempt.result().complete(List.of());
    }

    private void tryAgain(Attempt<D> attempt, TryAgain failed) {
        Optional<Duration> pause =
                retry.pause(
                        attempt.number(),
                        attempt.elapsed(),
                        failed.atLeast(),
                        ThreadLocalRandom.current());
        if (pause.isEmpty()) {
            giveUp(attempt, new GiveUp(failed.reason(), failed.detail()));
            return;
        }
        retries.inc();
        pauses.schedule(
                () -> submit(attempt.next()), pause.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void giveUp(Attempt<D> attempt, GiveUp failed) {
        String destination = attempt.delivery().destination();
        String detail = failed.detail() + ", attempt " + attempt.number();
        LOG.warn("Destination {}: delivery given up, {}: {}", destination, failed.reason(), detail);
        givenUpByReason
                .computeIfAbsent(
                        failed.reason(),
                        reason ->
                                metrics.addGroup("reason", reason)
                                        .counter("givenUp", new ThreadSafeSimpleCounter()))
                .inc();
        attempt.result()
                .complete(
                        List.of(
                                new DeadLetter(
                                        "deliver",
                                        failed.reason(),
                                        detail,
                                        "",
                                        "destination " + destination,
                                        -1,
                                        attempt.delivery().text(),
                                        InstantSource.system().millis())));
    }

    @Override
    public void close() {
        closed = true;
        if (pauses != null) {
            pauses.shutdownNow();
            sendersByDestination.values().forEach(ExecutorService::shutdownNow);
        }
        if (transport != null) {
            transport.close();
        }
    }
}
