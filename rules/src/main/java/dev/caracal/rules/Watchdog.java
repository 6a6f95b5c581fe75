package dev.caracal.rules;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts a context whose call lasts longer than a limit, to within a quarter of the limit. A
 * call between {@link #start} and {@link #stop} is interrupted, and never the one after it.
 *
 * <p>GraalPy heeds an interrupt between Python statements, not inside a long built-in such as
 * {@code sum(range(10**12))}; it is tried again until the call comes back.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(2);

    private final Context context;
    private final long limitNanos;
    private final ScheduledExecutorService executor;

    private boolean running;
    private long started;
    private boolean interrupting;

    Watchdog(Context context, Duration limit) {
        this.context = context;
        this.limitNanos = limit.toNanos();
        this.executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            var thread = new Thread(task, "caracal-rule-watchdog");
                            thread.setDaemon(true);
                            return thread;
                        });
        long period = Math.max(1, limitNanos / 4);
        executor.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    synchronized void start() {
        running = true;
        started = System.nanoTime();
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
            if (!running || System.nanoTime() - started < limitNanos) {
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

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
