package dev.caracal.connectors.sqs;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits what comes from the queues of a {@link QueueSet}, in turns.
 *
 * <p>A queue that is new is polled at once. Of one that is gone, what no checkpoint is known to
 * hold is shown again to others.
 */
final class SqsQueuesReader implements SourceReader<QueueMessage, QueueSetMemory> {

    private static final Logger LOG = LoggerFactory.getLogger(SqsQueuesReader.class);
    private static final long LOOK_MILLIS = 500;
    private static final Duration TOLD_AGAIN = Duration.ofMinutes(5);

    private final SqsSourceSettings settings;
    private final QueueSet set;
    private final SqsQueue.Connector connector;
    private final SqsSourceMetrics metrics;
    private final InstantSource clock;
    private final boolean tells;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(QueuePolls.daemons("sqs-queues"));
    private final Queue<QueueMessage> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> toldAt = new ConcurrentHashMap<>();

    private final List<String> remembered = new ArrayList<>();

    private QueueSet.@Nullable Following following;
    private volatile List<PolledQueue> polled = List.of();
    private CompletableFuture<Void> changed = new CompletableFuture<>();
    private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);
    private int turn;

    private record PolledQueue(String url, String note, QueuePolls polls) {}

    /**
     * @param tells whether this reader puts failures into the stream; one for all is enough
     */
    SqsQueuesReader(
            SqsSourceSettings settings,
            QueueSet set,
            SqsQueue.Connector connector,
            SqsSourceMetrics metrics,
            InstantSource clock,
            boolean tells) {
        this.settings = settings;
        this.set = set;
        this.connector = connector;
        this.metrics = metrics;
        this.clock = clock;
        this.tells = tells;
        metrics.gauges(this::size, this::oldestAgeMillis);
    }

    private int size() {
        return polled.stream().mapToInt(queue -> queue.polls().messages().size()).sum();
    }

    private long oldestAgeMillis() {
        return polled.stream()
                .mapToLong(queue -> queue.polls().messages().oldestAgeMillis())
                .max()
                .orElse(0);
    }

    @Override
    public void start() {
        try {
            following = set.follow(remembered);
        } catch (IOException e) {
            throw new IllegalStateException("The queues of the log sources are not known", e);
        }
        QueueSet.Following followed = following;
        look(followed);
        var unused =
                looks.scheduleWithFixedDelay(
                        () -> look(followed), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins with the queues that are new, and ends with those that are gone. */
    private void look(QueueSet.Following followed) {
        try {
            Map<String, String> wanted = followed.current();
            List<PolledQueue> kept = new ArrayList<>();
            List<PolledQueue> gone = new ArrayList<>();
            for (PolledQueue queue : polled) {
                boolean same = queue.note().equals(wanted.get(queue.url()));
                (same ? kept : gone).add(queue);
            }
            if (gone.isEmpty() && kept.size() == wanted.size()) {
                return;
            }
            polled = List.copyOf(kept);
            gone.forEach(queue -> queue.polls().close());
            wanted.forEach(
                    (url, note) -> {
                        if (kept.stream().noneMatch(queue -> queue.url().equals(url))) {
                            kept.add(poll(url, note));
                        }
                    });
            polled = List.copyOf(kept);
            wake();
        } catch (RuntimeException e) {
            // Whatever it is, the next look is not to be missed.
            LOG.warn("The queues of the log sources cannot be taken up, tried again", e);
        }
    }

    private PolledQueue poll(String url, String note) {
        SqsSourceSettings own = settings.ofQueue(url);
        QueuePolls polls =
                new QueuePolls(
                        own,
                        connector.connect(own),
                        metrics,
                        clock,
                        failure -> {
                            tell(url, note, failure);
                            return true;
                        });
        polls.start();
        return new PolledQueue(url, note, polls);
    }

    private void tell(String url, String note, RuntimeException failure) {
        long now = clock.millis();
        Long before = toldAt.get(url);
        if (!tells || (before != null && now - before < TOLD_AGAIN.toMillis())) {
            return;
        }
        toldAt.put(url, now);
        failures.add(QueueMessage.failed(note, url, failure));
        wake();
    }

    private synchronized void wake() {
        changed.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<QueueMessage> output) throws Exception {
        QueueMessage failure = failures.poll();
        if (failure != null) {
            output.collect(failure);
            return InputStatus.MORE_AVAILABLE;
        }
        List<PolledQueue> now = polled;
        for (int i = 0; i < now.size(); i++) {
            turn = (turn + 1) % now.size();
            PolledQueue queue = now.get(turn);
            SqsMessage message = queue.polls().poll();
            if (message != null) {
                toldAt.remove(queue.url());
                output.collect(QueueMessage.of(queue.note(), message), message.sentTimeMillis());
                return InputStatus.MORE_AVAILABLE;
            }
        }
        return ended(now) ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }

    private boolean ended(List<PolledQueue> now) throws Exception {
        boolean ended = settings.bounded();
        for (PolledQueue queue : now) {
            ended &= queue.polls().messages().ended();
        }
        return ended;
    }

    /** Done when a queue has something to read, or the queues have changed. */
    @Override
    public synchronized CompletableFuture<Void> isAvailable() {
        if (changed.isDone()) {
            changed = new CompletableFuture<>();
            available = CompletableFuture.completedFuture(null);
            return available;
        }
        if (available.isDone()) {
            List<CompletableFuture<Void>> any = new ArrayList<>();
            any.add(changed);
            polled.forEach(queue -> any.add(queue.polls().available()));
            available =
                    CompletableFuture.anyOf(any.toArray(CompletableFuture[]::new))
                            .thenApply(unused -> null);
        }
        return available;
    }

    @Override
    public List<QueueSetMemory> snapshotState(long checkpoint) {
        polled.forEach(queue -> queue.polls().messages().snapshot(checkpoint));
        return following == null ? List.of() : List.of(new QueueSetMemory(following.memory()));
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        polled.forEach(queue -> queue.polls().complete(checkpoint));
    }

    /** Called before {@link #start} where the job goes on from a checkpoint. */
    @Override
    public void addSplits(List<QueueSetMemory> memories) {
        memories.forEach(memory -> remembered.add(memory.text()));
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() throws InterruptedException {
        looks.shutdownNow();
        looks.awaitTermination(5, TimeUnit.SECONDS);
        if (following != null) {
            following.close();
        }
        polled.forEach(queue -> queue.polls().close());
    }
}
