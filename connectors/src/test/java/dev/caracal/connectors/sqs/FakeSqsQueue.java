package dev.caracal.connectors.sqs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A standard queue in memory, with real visibility timeouts and failures on demand. */
final class FakeSqsQueue implements SqsQueue {

    static final Map<String, FakeSqsQueue> BY_URL = new ConcurrentHashMap<>();

    final Set<String> deletedBodies = ConcurrentHashMap.newKeySet();
    final Set<String> extendedBodies = ConcurrentHashMap.newKeySet();
    final Set<String> releasedBodies = ConcurrentHashMap.newKeySet();
    final Set<String> receivingThreads = ConcurrentHashMap.newKeySet();

    /** Each is thrown by one call. */
    final Queue<RuntimeException> receiveFailures = new ConcurrentLinkedQueue<>();

    final Queue<RuntimeException> deleteFailures = new ConcurrentLinkedQueue<>();

    /** Bodies of messages for which the next call of a batch fails. */
    final Set<String> failOnce = ConcurrentHashMap.newKeySet();

    private final String url;
    private final Duration waitTime;
    private final Duration visibilityTimeout;
    private final Deque<Stored> visible = new ArrayDeque<>();
    private final Map<String, Stored> hidden = new HashMap<>();
    private int nextHandle;
    private int polling;
    private boolean closed;

    FakeSqsQueue(String url, Duration waitTime, Duration visibilityTimeout) {
        this.url = url;
        this.waitTime = waitTime;
        this.visibilityTimeout = visibilityTimeout;
    }

    static SqsQueue connect(SqsSourceSettings settings) {
        return BY_URL.get(settings.queueUrl());
    }

    synchronized void send(int first, int count) {
        IntStream.range(first, first + count).forEach(i -> visible.add(new Stored("body-" + i)));
        notifyAll();
    }

    @Override
    public synchronized List<ReceivedMessage> receive(int maxMessages) {
        receivingThreads.add(Long.toString(Thread.currentThread().getId()));
        RuntimeException failure = receiveFailures.poll();
        if (failure != null) {
            throw failure;
        }
        polling++;
        try {
            long end = System.nanoTime() + waitTime.toNanos();
            showExpired();
            while (visible.isEmpty() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.timedWait(this, 20);
                showExpired();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("aborted", e);
        } finally {
            polling--;
        }
        List<ReceivedMessage> messages = new ArrayList<>();
        while (messages.size() < maxMessages && !visible.isEmpty()) {
            messages.add(hide(visible.poll()));
        }
        return messages;
    }

    private ReceivedMessage hide(Stored message) {
        String handle = "handle-" + nextHandle++;
        message.visibleAt = System.nanoTime() + visibilityTimeout.toNanos();
        message.receiveCount++;
        hidden.put(handle, message);
        return new ReceivedMessage(
                handle,
                new SqsMessage(url, message.body, message.body, 1_000, message.receiveCount));
    }

    private void showExpired() {
        for (Iterator<Stored> all = hidden.values().iterator(); all.hasNext(); ) {
            Stored message = all.next();
            if (message.visibleAt - System.nanoTime() <= 0) {
                all.remove();
                visible.add(message);
            }
        }
    }

    @Override
    public synchronized List<Failure> delete(List<String> receiptHandles) {
        RuntimeException failure = deleteFailures.poll();
        if (failure != null) {
            throw failure;
        }
        List<Failure> failures = new ArrayList<>();
        for (String handle : receiptHandles) {
            Stored message = usable(handle, failures);
            if (message != null) {
                hidden.remove(handle);
                deletedBodies.add(message.body);
            }
        }
        return failures;
    }

    @Override
    public synchronized List<Failure> changeVisibility(
            List<String> receiptHandles, Duration visibility) {
        List<Failure> failures = new ArrayList<>();
        for (String handle : receiptHandles) {
            Stored message = usable(handle, failures);
            if (message == null) {
                continue;
            }
            message.visibleAt = System.nanoTime() + visibility.toNanos();
            (visibility.isZero() ? releasedBodies : extendedBodies).add(message.body);
        }
        showExpired();
        return failures;
    }

    private Stored usable(String handle, Collection<Failure> failures) {
        showExpired();
        Stored message = hidden.get(handle);
        if (message == null) {
            failures.add(new Failure(handle, "ReceiptHandleIsInvalid", true));
            return null;
        }
        if (failOnce.remove(message.body)) {
            failures.add(new Failure(handle, "InternalError", false));
            return null;
        }
        return message;
    }

    /** Shows a message although it is in flight, as when its visibility timeout is over. */
    synchronized void show(String body) {
        hidden.values().stream()
                .filter(message -> message.body.equals(body))
                .forEach(message -> message.visibleAt = System.nanoTime());
        showExpired();
    }

    synchronized int polling() {
        return polling;
    }

    synchronized int visible() {
        showExpired();
        return visible.size();
    }

    synchronized int hidden() {
        showExpired();
        return hidden.size();
    }

    synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private static final class Stored {

        final String body;
        long visibleAt;
        int receiveCount;

        Stored(String body) {
            this.body = body;
        }
    }
}
