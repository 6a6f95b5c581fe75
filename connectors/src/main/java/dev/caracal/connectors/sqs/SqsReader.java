package dev.caracal.connectors.sqs;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits what the receivers bring, and has it deleted once a checkpoint holds it. */
final class SqsReader implements SourceReader<SqsMessage, NoSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(SqsReader.class);
    private static final long RECEIVERS_END_SECONDS = 3;

    private final SqsSourceSettings settings;
    private final SqsQueue queue;
    private final SqsSourceMetrics metrics;
    private final InFlightMessages messages;
    private final DeliveryCalls calls;
    private final ExecutorService receivers;
    private final CountDownLatch closed = new CountDownLatch(1);

    SqsReader(
            SqsSourceSettings settings,
            SqsQueue queue,
            SqsSourceMetrics metrics,
            InstantSource clock) {
        this.settings = settings;
        this.queue = queue;
        this.metrics = metrics;
        messages = new InFlightMessages(settings, clock);
        calls = new DeliveryCalls(settings, queue, messages, metrics, daemons("sqs-delivery"));
        receivers =
                Executors.newFixedThreadPool(
                        settings.receiveParallelism(), daemons("sqs-receiver"));
        metrics.gauges(messages::size, messages::oldestAgeMillis);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void start() {
        for (int i = 0; i < settings.receiveParallelism(); i++) {
            receivers.execute(new SqsReceiver(settings, queue, messages, metrics, closed));
        }
        calls.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SqsMessage> output) throws Exception {
        SqsMessage message = messages.poll();
        if (message != null) {
            output.collect(message, message.sentTimeMillis());
            return InputStatus.MORE_AVAILABLE;
        }
        return messages.ended() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return messages.available();
    }

    @Override
    public List<NoSplit> snapshotState(long checkpoint) {
        messages.snapshot(checkpoint);
        return List.of();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        calls.delete(messages.complete(checkpoint));
    }

    @Override
    public void addSplits(List<NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    /** Deletes what is done and shows all other messages again, so that a restart finds them. */
    @Override
    public void close() {
        closed.countDown();
        messages.end();
        receivers.shutdownNow();
        awaitReceivers();
        calls.close();
        queue.close();
    }

    /** What a poll brings in its last moment is to be released too. */
    private void awaitReceivers() {
        try {
            if (!receivers.awaitTermination(RECEIVERS_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A poll of {} does not end", settings.queueUrl());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
