package dev.caracal.cli.backfill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Holds up whoever does more in a second than is allowed. */
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final double perSecond;
    private long nextAt = System.nanoTime();

    Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Returns when {@code count} more may be done. */
    void await(int count) throws InterruptedException {
        long now = System.nanoTime();
        long wait = nextAt - now;
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        nextAt = Math.max(nextAt, now) + (long) (count / perSecond * SECOND);
    }
}
