package dev.caracal.connectors.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the location at an interval on a thread of its own, and emits what is new. */
final class ControlReader implements SourceReader<ControlSnapshot, ControlSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);

    /** A location that stays away is spoken of once in this time. */
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ControlLocation location;
    private final Duration interval;
    private final Supplier<SnapshotReader> open;
    private final ScheduledExecutorService thread;
    private final Counter emissions;
    private final Counter failures;

    /** Of the reading thread alone. */
    private @Nullable SnapshotReader snapshots;

    private String seen = "";
    private boolean failing;
    private long loggedNanos;

    private volatile int files;

    /** Guarded by this. */
    private @Nullable ControlSnapshot next;

    private CompletableFuture<Void> available = new CompletableFuture<>();

    /** Of the task thread alone; null without the split. */
    private @Nullable ControlSplit split;

    ControlReader(
            ControlLocation location,
            Duration interval,
            Supplier<SnapshotReader> open,
            MetricGroup metrics) {
        this.location = location;
        this.interval = interval;
        this.open = open;
        MetricGroup group = metrics.addGroup("caracal");
        this.emissions = group.counter("controlSnapshots");
        this.failures = group.counter("controlReadFailures", new ThreadSafeSimpleCounter());
        group.gauge("controlFiles", () -> files);
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        work -> {
                            Thread created = new Thread(work, "control source");
                            created.setDaemon(true);
                            return created;
                        });
    }

    @Override
    public void start() {}

    @Override
    public void addSplits(List<ControlSplit> splits) {
        for (ControlSplit added : splits) {
            split = added;
            thread.scheduleWithFixedDelay(
                    this::readOnce, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void readOnce() {
        try {
            if (snapshots == null) {
                snapshots = open.get();
            }
            ControlSnapshot snapshot = snapshots.read();
            files = snapshot.files().size();
            if (failing) {
                failing = false;
                LOG.info("Control location {} can be read again", location);
            }
            if (!snapshot.version().equals(seen)) {
                seen = snapshot.version();
                snapshot.problems().forEach(problem -> LOG.warn("Left out: {}", problem));
                offer(snapshot);
            }
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the job goes on with what it has.
            failures.inc();
            if (!failing || System.nanoTime() - loggedNanos > LOG_NANOS) {
                LOG.warn("Control location {} cannot be read; what was read holds", location, e);
                loggedNanos = System.nanoTime();
            }
            failing = true;
        }
    }

    private synchronized void offer(ControlSnapshot snapshot) {
        next = snapshot;
        available.complete(null);
    }

    private synchronized @Nullable ControlSnapshot take() {
        ControlSnapshot taken = next;
        next = null;
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        return taken;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<ControlSnapshot> output) {
        ControlSnapshot snapshot = take();
        if (snapshot != null) {
            output.collect(snapshot);
            emissions.inc();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public synchronized CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public List<ControlSplit> snapshotState(long checkpointId) {
        return split == null ? List.of() : List.of(split);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() throws InterruptedException {
        thread.execute(
                () -> {
                    if (snapshots != null) {
                        snapshots.close();
                    }
                });
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }
}
