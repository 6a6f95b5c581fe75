package dev.caracal.connectors.sqs;

import dev.caracal.connectors.sqs.SqsQueue.ReceivedMessage;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a reader has received and not yet deleted, and how far each one is: unread,
 * emitted, part of a checkpoint, or free to be deleted. Safe for use by several threads.
 */
final class InFlightMessages {

    /** Unread messages are held to a few polls' worth, since their bodies are on the heap. */
    private static final int UNREAD_BATCHES_PER_POLL = 2;

    private final SqsSourceSettings settings;
    private final InstantSource clock;
    private final int maxUnread;

    /** By receipt handle, in the order of receipt. */
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();

    private final Deque<ReceivedMessage> unread = new ArrayDeque<>();
    private List<String> emitted = new ArrayList<>();
    private final NavigableMap<Long, List<String>> checkpoints = new TreeMap<>();

    private int reserved;
    private long received;
    private int emptyPolls;
    private boolean ended;
    private @Nullable Exception failure;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    InFlightMessages(SqsSourceSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.maxUnread =
                settings.receiveParallelism() * SqsQueue.MAX_BATCH * UNREAD_BATCHES_PER_POLL;
    }

    /**
     * Waits for room and reserves it for one poll, which {@link #add} ends.
     *
     * @return how many messages the poll may bring; 0 if no more are wanted
     */
    synchronized int reserve() throws InterruptedException {
        while (!ended && (room() < SqsQueue.MAX_BATCH || wanted() <= 0)) {
            wait();
        }
        if (ended) {
            return 0;
        }
        int granted = (int) Math.min(SqsQueue.MAX_BATCH, wanted());
        reserved += granted;
        return granted;
    }

    private int room() {
        return Math.min(settings.maxInFlight() - deliveries.size(), maxUnread - unread.size())
                - reserved;
    }

    private long wanted() {
        long limit = settings.boundedMaxMessages();
        return limit == 0 ? Long.MAX_VALUE : limit - received - reserved;
    }

    /** Takes what a poll has brought, and gives back what it had reserved. */
    synchronized void add(int granted, List<ReceivedMessage> messages) {
        reserved -= granted;
        received += messages.size();
        long now = clock.millis();
        for (ReceivedMessage message : messages) {
            deliveries.put(message.receiptHandle(), new Delivery(now));
            unread.add(message);
        }
        emptyPolls = messages.isEmpty() ? emptyPolls + 1 : 0;
        if (limitReached()) {
            ended = true;
        }
        changed();
    }

    private boolean limitReached() {
        long limit = settings.boundedMaxMessages();
        int polls = settings.boundedEmptyPolls();
        return (limit > 0 && received >= limit) || (polls > 0 && emptyPolls >= polls);
    }

    /** Gives back what a failed poll had reserved. */
    synchronized void cancel(int granted) {
        reserved -= granted;
        changed();
    }

    /** Ends the polls; the reader throws the failure once it has emitted what is unread. */
    synchronized void fail(Exception cause) {
        failure = cause;
        ended = true;
        changed();
    }

    /** Ends the polls. */
    synchronized void end() {
        ended = true;
        changed();
    }

    private void changed() {
        notifyAll();
        if (!unread.isEmpty() || ended) {
            available.complete(null);
        }
    }

    /** Done when there is something to read or nothing more will come. */
    synchronized CompletableFuture<Void> available() {
        if (available.isDone() && unread.isEmpty() && !ended) {
            available = new CompletableFuture<>();
        }
        return available;
    }

    /** The next message to emit; null if none is unread. */
    synchronized @Nullable SqsMessage poll() {
        ReceivedMessage next = unread.poll();
        while (next != null && hasExpired(next)) {
            deliveries.remove(next.receiptHandle());
            next = unread.poll();
        }
        notifyAll();
        if (next == null) {
            return null;
        }
        emitted.add(next.receiptHandle());
        return next.message();
    }

    /** An unread message that SQS delivers again is left to its new delivery. */
    private boolean hasExpired(ReceivedMessage message) {
        Delivery delivery = deliveries.get(message.receiptHandle());
        return delivery == null || delivery.expired;
    }

    /** Whether nothing more will come, once all is read. */
    synchronized boolean ended() throws Exception {
        if (failure != null && unread.isEmpty()) {
            throw failure;
        }
        return ended && unread.isEmpty();
    }

    /** What has been emitted since the last checkpoint belongs to this one. */
    synchronized void snapshot(long checkpoint) {
        checkpoints.put(checkpoint, emitted);
        emitted = new ArrayList<>();
    }

    /**
     * Ends this checkpoint and those before it.
     *
     * @return the messages that may be deleted now
     */
    synchronized List<String> complete(long checkpoint) {
        Map<Long, List<String>> completed = checkpoints.headMap(checkpoint, true);
        List<String> handles = completed.values().stream().flatMap(List::stream).toList();
        completed.clear();
        for (String handle : handles) {
            Delivery delivery = deliveries.get(handle);
            if (delivery != null) {
                delivery.done = true;
            }
        }
        return handles;
    }

    /** Forgets messages that are deleted, or can no longer be. */
    synchronized void remove(Collection<String> handles) {
        handles.forEach(deliveries::remove);
        notifyAll();
    }

    /** The messages whose half visibility is over, marked as extended from now. */
    synchronized List<String> takeDue() {
        long now = clock.millis();
        long half = settings.visibilityTimeout().toMillis() / 2;
        List<String> due = new ArrayList<>();
        deliveries.forEach(
                (handle, delivery) -> {
                    if (!delivery.expired && now - delivery.extended >= half) {
                        delivery.extended = now;
                        due.add(handle);
                    }
                });
        return due;
    }

    /** Makes messages due again, because extending them failed. */
    synchronized void extendAgain(Collection<String> handles) {
        handles.forEach(
                handle -> {
                    Delivery delivery = deliveries.get(handle);
                    if (delivery != null) {
                        delivery.extended = 0;
                    }
                });
    }

    /**
     * Marks messages that SQS shows again; they are no longer extended.
     *
     * @return how many of them had not been deleted meanwhile
     */
    synchronized int expire(Collection<String> handles) {
        int expired = 0;
        for (String handle : handles) {
            Delivery delivery = deliveries.get(handle);
            if (delivery != null && !delivery.expired) {
                delivery.expired = true;
                expired++;
            }
        }
        return expired;
    }

    /** Those that a completed checkpoint holds and that are not deleted yet. */
    synchronized List<String> done() {
        return handles(delivery -> delivery.done);
    }

    /** Those that no completed checkpoint is known to hold. */
    synchronized List<String> notDone() {
        return handles(delivery -> !delivery.done && !delivery.expired);
    }

    private List<String> handles(Predicate<Delivery> wanted) {
        return deliveries.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized int size() {
        return deliveries.size();
    }

    /** How long ago the oldest message was received; 0 if there is none. */
    synchronized long oldestAgeMillis() {
        return deliveries.values().stream()
                .findFirst()
                .map(oldest -> clock.millis() - oldest.received)
                .orElse(0L);
    }

    private static final class Delivery {

        final long received;
        long extended;
        boolean expired;
        boolean done;

        Delivery(long now) {
            received = now;
            extended = now;
        }
    }
}
