package dev.caracal.job.health;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@link HealthSnapshot}s into the control location, on a thread of its own: at most one in
 * an interval, and one a minute if nothing changes, which tells that the job runs.
 *
 * <p>Where the location cannot be written, the job goes on without, and each interval tries again.
 */
final class HealthSnapshotWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthSnapshotWriter.class);

    static final Duration UNCHANGED = Duration.ofMinutes(1);

    private final Supplier<List<HealthSnapshot.Entry>> health;
    private final InstantSource clock;
    private final Counter failures;
    private final ControlWriter location;
    private final ScheduledExecutorService executor;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private long writtenMillis;
    private boolean failing;

    /**
     * @param health the health of all log sources now; called on the writer's thread
     * @param failures counts what could not be written
     */
    HealthSnapshotWriter(
            ControlLocation location,
            Duration interval,
            Supplier<List<HealthSnapshot.Entry>> health,
            InstantSource clock,
            Counter failures) {
        this.health = health;
        this.clock = clock;
        this.failures = failures;
        this.location = location.openWriter();
        this.executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "health-snapshot");
                            thread.setDaemon(true);
                            return thread;
                        });
        var unused =
                executor.scheduleWithFixedDelay(
                        this::writeIfDue,
                        interval.toMillis(),
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Has a snapshot written at the end of the interval. */
    void changed() {
        changed.set(true);
    }

    private void writeIfDue() {
        long now = clock.millis();
        if (!changed.getAndSet(false) && now - writtenMillis < UNCHANGED.toMillis()) {
            return;
        }
        try {
            location.write(HealthSnapshot.PATH, new HealthSnapshot(now, health.get()).json());
            writtenMillis = now;
            failing = false;
        } catch (IOException | RuntimeException e) {
            changed.set(true);
            failures.inc();
            if (!failing) {
                LOG.warn("The health of the log sources cannot be written, tried again", e);
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        location.close();
    }
}
