package dev.caracal.cli.drill;

import dev.caracal.cli.demo.LogDelivery;
import dev.caracal.cli.samples.SampleAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Puts objects into the shop's bucket at a steady pace. */
final class Feed implements AutoCloseable {

    static final Duration PACE = Duration.ofMillis(500);

    private static final int RECORDS = 50;

    private final LogDelivery delivery;
    private final Ledger ledger;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread feeding = new Thread(task, "drill-feed");
                        feeding.setDaemon(true);
                        return feeding;
                    });

    private String fault = "";
    private int objects;
    private @Nullable Future<?> feeding;
    private volatile @Nullable RuntimeException failure;

    Feed(LogDelivery delivery, Ledger ledger) {
        this.delivery = delivery;
        this.ledger = ledger;
    }

    /** Begins a fault's turn. */
    void start(String fault) {
        this.fault = fault;
        pace(PACE);
    }

    void pace(Duration pause) {
        cancel();
        feeding =
                thread.scheduleAtFixedRate(
                        this::putNext, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Ends a turn; what was begun is put before it returns.
     *
     * @throws IOException if an object could not be put
     */
    void stop() throws IOException, InterruptedException {
        cancel();
        try {
            thread.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new IOException("an object could not be put: " + failure.getMessage(), failure);
        }
    }

    void putPoison(byte[] content) {
        put(FedObject.poison(nextId() + ".poison"), content);
    }

    private void putNext() {
        try {
            FedObject object = FedObject.of(nextId(), RECORDS);
            put(object, object.content());
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private synchronized String nextId() {
        return fault + '.' + objects++;
    }

    private synchronized void put(FedObject object, byte[] content) {
        ledger.put(object);
        delivery.store(SampleAccount.SHOP, object.key(), content);
    }

    private void cancel() {
        if (feeding != null) {
            feeding.cancel(false);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
