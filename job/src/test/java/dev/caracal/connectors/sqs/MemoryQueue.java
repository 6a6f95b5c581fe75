package dev.caracal.connectors.sqs;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.ReadableConfig;

/** A queue in this process for the real source; what is received does not come again. */
public final class MemoryQueue implements SqsQueue {

    private static final Map<String, MemoryQueue> BY_URL = new ConcurrentHashMap<>();
    private static final Duration WAIT = Duration.ofMillis(100);

    private final BlockingQueue<ReceivedMessage> messages = new LinkedBlockingQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final String url;

    private MemoryQueue(String url) {
        this.url = url;
    }

    /** The queue of that address, which is made when it is first asked for. */
    public static MemoryQueue at(String url) {
        return BY_URL.computeIfAbsent(url, MemoryQueue::new);
    }

    /** The real source of one of these queues, as the options name it. */
    public static SqsSource source(ReadableConfig options) {
        return SqsSource.builder()
                .config(options)
                .connector((SqsQueue.Connector & Serializable) settings -> at(settings.queueUrl()))
                .build();
    }

    /** The real source of those of these queues that a set has. */
    public static SqsQueuesSource source(QueueSet queues, ReadableConfig options) {
        return new SqsQueuesSource(
                SqsSourceSettings.from(options),
                queues,
                (SqsQueue.Connector & Serializable) settings -> at(settings.queueUrl()));
    }

    public void send(String body) {
        String id = "message-" + sent.incrementAndGet();
        messages.add(new ReceivedMessage(id, new SqsMessage(url, id, body, 0, 1)));
    }

    @Override
    public List<ReceivedMessage> receive(int maxMessages) {
        List<ReceivedMessage> received = new ArrayList<>();
        try {
            ReceivedMessage first = messages.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                received.add(first);
                messages.drainTo(received, maxMessages - 1);
            }
            return received;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("aborted", e);
        }
    }

    @Override
    public List<Failure> delete(List<String> receiptHandles) {
        return List.of();
    }

    @Override
    public List<Failure> changeVisibility(List<String> receiptHandles, Duration visibilityTimeout) {
        return List.of();
    }

    @Override
    public void close() {}
}
