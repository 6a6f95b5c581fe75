package dev.caracal.job.detect;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps work that is not urgent to a fifth of one core: after some 20 ms of CPU it rests four times
 * as long, as long as its rests have not come to half a minute. For the thread that made it.
 */
final class Pace {

    private static final long SLICE_NANOS = Duration.ofMillis(20).toNanos();
    private static final int REST_FACTOR = 4;
    private static final Duration MOST_REST = Duration.ofSeconds(30);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long restNanos;
    private long begunNanos = threads.getCurrentThreadCpuTime();

    private Pace(Duration most) {
        restNanos = most.toNanos();
    }

    static Pace easy() {
        return new Pace(MOST_REST);
    }

    /** Never rests. */
    static Pace full() {
        return new Pace(Duration.ZERO);
    }

    /**
     * Rests if it is time to.
     *
     * @throws CancellationException if the thread is interrupted, which it stays
     */
    void rest() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The work is called off");
        }
        long worked = threads.getCurrentThreadCpuTime() - begunNanos;
        if (worked < SLICE_NANOS) {
            return;
        }
        long end = System.nanoTime() + Math.min(REST_FACTOR * worked, restNanos);
        long left = end - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
        restNanos -= Math.min(REST_FACTOR * worked, restNanos);
        begunNanos = threads.getCurrentThreadCpuTime();
    }
}
