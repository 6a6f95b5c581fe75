package dev.caracal.rules;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts a context whose call takes longer than its limit, to within half of the shortest
 * limit. A call between {@link #start} and {@link #stop} is interrupted, and never the one after
 * it.
 *
 * <p>The limit is one of CPU time, so that a busy machine makes no rule errors. A call that waits
 * without computing has ten times as long.
 *
 * <p>GraalPy heeds an interrupt between Python statements, not inside a long built-in such as
 * {@code sum(range(10**12))}; it is tried again until the call comes back.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(2);
    private static final int WAITING_FACTOR = 10;

    private final Context context;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ScheduledExecutorService executor;

    private boolean running;
    private long calls;
    private long threadId;
    private long limitNanos;
    private boolean interrupting;

    // The watchdog thread's own: the call that it saw last, and the clocks when it first did.
    private long seenCall;
    private long seenCpuNanos;
    private long seenNanos;

    Watchdog(Context context, Duration shortestLimit) {
        this.context = context;
        this.executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            var thread = new Thread(task, "caracal-rule-watchdog");
                            thread.setDaemon(true);
                            return thread;
                        });
        long period = Math.max(1, shortestLimit.toNanos() / 4);
        executor.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    synchronized void start(long limitNanos) {
        running = true;
        calls++;
        threadId = Thread.currentThread().getId();
        this.limitNanos = limitNanos;
    }

    /** Returns once no interrupt is under way. */
    synchronized void stop() {
        running = false;
        boolean interrupted = false;
        while (interrupting) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        synchronized (this) {
            if (!running || !isTooLong()) {
                return;
            }
            interrupting = true;
        }
        try {
            context.interrupt(INTERRUPT_PATIENCE);
        } catch (TimeoutException e) {
            LOG.warn("A rule does not heed an interrupt; trying again");
        } catch (RuntimeException e) {
            LOG.warn("A rule that ran too long could not be interrupted; trying again", e);
        } finally {
            synchronized (this) {
                interrupting = false;
                notifyAll();
            }
        }
    }

    private boolean isTooLong() {
        long cpuNanos = threads.getThreadCpuTime(threadId);
        long now = System.nanoTime();
        if (seenCall != calls) {
            seenCall = calls;
            seenCpuNanos = cpuNanos;
            seenNanos = now;
            return false;
        }
        return cpuNanos - seenCpuNanos >= limitNanos
                || now - seenNanos >= WAITING_FACTOR * limitNanos;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
