package dev.caracal.cli.drill;

import dev.caracal.cli.demo.LogDelivery;
import dev.caracal.cli.samples.EverydayTrail;
import dev.caracal.cli.samples.EverydayTrail.TrailObject;
import dev.caracal.cli.samples.SampleAccount;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a steady load into the shop's bucket, in turn under its old prefix and one that was added.
 */
final class SoakFeed implements AutoCloseable {

    private static final int RECORDS = 500;
    private static final int END_SECONDS = 30;

    private final LogDelivery delivery;
    private final Supplier<String> knownPrefix;
    private final EverydayTrail trail = new EverydayTrail(Instant.now());
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private volatile @Nullable RuntimeException failure;
    private int objects;

    /**
     * @param knownPrefix of a log source that was added; empty if there is none
     */
    SoakFeed(LogDelivery delivery, Supplier<String> knownPrefix) {
        this.delivery = delivery;
        this.knownPrefix = knownPrefix;
    }

    /**
     * @param rate records a second
     */
    void start(int rate) {
        thread.scheduleAtFixedRate(
                this::putNext, 0, 1_000_000_000L * RECORDS / rate, TimeUnit.NANOSECONDS);
    }

    private void putNext() {
        try {
            String prefix = objects++ % 2 == 0 ? "" : knownPrefix.get();
            TrailObject object = trail.next(prefix, RECORDS);
            delivery.store(SampleAccount.SHOP, object.key(), object.content());
            put.addAndGet(RECORDS);
            bytes.addAndGet(object.plainBytes());
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Records that have been put. */
    long put() {
        return put.get();
    }

    /** What has been put, before compression. */
    long bytes() {
        return bytes.get();
    }

    /**
     * Puts no more.
     *
     * @throws IOException if an object could not be put
     */
    void stop() throws IOException, InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("an object is still not put after " + END_SECONDS + " s");
        }
        if (failure != null) {
            throw new IOException("an object could not be put: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
