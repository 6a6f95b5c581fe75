package dev.caracal.rules;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
 * limit, or too much memory. A call between {@link #start} and {@link #stop} is interrupted, and
 * never the one after it.
 *
 * <p>The limit is one of CPU time, so that a busy machine makes no rule errors. A call that waits
 * without computing has ten times as long.
 *
 * <p>GraalPy has no limit of memory outside its enterprise edition. What a call allocates counts,
 * whether it keeps it or not: a heap that is full stops the whole process for minutes before it is
 * an error of the rule.
 *
 * <p>GraalPy heeds an interrupt between Python statements, not inside a long built-in such as
 * {@code sum(range(10**12))}; it is tried again until the call comes back.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(2);
    private static final int WAITING_FACTOR = 10;

    /** Short enough for a loop of large allocations to be seen before the heap is full. */
    private static final long MAX_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What one call may allocate in the shortest limit, and in longer ones the more. */
    private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 4;

    private final Context context;
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final ScheduledExecutorService executor;
    private final long shortestNanos;

    private boolean running;
    private long calls;
    private long threadId;
    private long limitNanos;
    private boolean interrupting;

    // The watchdog thread's own: the call that it saw last, and the meters when it first did.
    private long seenCall;
    private long seenCpuNanos;
    private long seenNanos;
    private long seenBytes;

    Watchdog(Context context, Duration shortestLimit) {
        this.context = context;
        this.shortestNanos = shortestLimit.toNanos();
        this.executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            var thread = new Thread(task, "caracal-rule-watchdog");
                            thread.setDaemon(true);
                            return thread;
                        });
        long period = Math.max(1, Math.min(MAX_PERIOD_NANOS, shortestNanos / 4));
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
            if (!running || !isTooMuch()) {
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

    private boolean isTooMuch() {
        long cpuNanos = threads.getThreadCpuTime(threadId);
        long now = System.nanoTime();
        long bytes = threads.getThreadAllocatedBytes(threadId);
        if (seenCall != calls) {
            seenCall = calls;
            seenCpuNanos = cpuNanos;
            seenNanos = now;
            seenBytes = bytes;
            return false;
        }
        return cpuNanos - seenCpuNanos >= limitNanos
                || now - seenNanos >= WAITING_FACTOR * limitNanos
                || bytes - seenBytes >= MAX_BYTES * Math.max(1, limitNanos / shortestNanos);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
