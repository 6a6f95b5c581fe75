package dev.caracal.connectors.sns;

import dev.caracal.connectors.sns.SnsTopic.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.DequeRequestBuffer;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.SimpleBatchCreator;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes batches on threads of its own, and gives back what failed for a while. */
final class SnsSinkWriter<T> extends AsyncSinkWriter<T, SnsEntry> {

    private static final Logger LOG = LoggerFactory.getLogger(SnsSinkWriter.class);
    private static final long MAX_PAUSE_MILLIS = 10_000;
    private static final long CLOSE_SECONDS = 5;

    private final SnsTopic topic;
    private final ExecutorService publishers;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Counter retries;

    SnsSinkWriter(
            ElementConverter<T, SnsEntry> converter,
            WriterInitContext context,
            AsyncSinkWriterConfiguration configuration,
            Collection<BufferedRequestState<SnsEntry>> restored,
            SnsTopic topic) {
        super(
                converter,
                context,
                configuration,
                restored,
                new SimpleBatchCreator<>(configuration.getMaxBatchSizeInBytes()),
                new DequeRequestBuffer<>());
        this.topic = topic;
        this.publishers =
                Executors.newFixedThreadPool(
                        configuration.getMaxInFlightRequests(),
                        task -> {
                            Thread thread = new Thread(task, "sns-publisher");
                            thread.setDaemon(true);
                            return thread;
                        });
        this.retries =
                context.metricGroup()
                        .addGroup("sns")
                        .counter("messagesRetried", new ThreadSafeSimpleCounter());
    }

    @Override
    protected void submitRequestEntries(
            List<SnsEntry> entries, ResultHandler<SnsEntry> resultHandler) {
        publishers.execute(() -> publish(entries, resultHandler));
    }

    private void publish(List<SnsEntry> entries, ResultHandler<SnsEntry> resultHandler) {
        try {
            pauseBeforeRetry(entries);
            List<SnsEntry> again = new ArrayList<>();
            for (Failure failure : topic.publish(entries)) {
                if (SnsFailures.isFatal(failure)) {
                    resultHandler.completeExceptionally(
                            new IOException(
                                    "SNS refuses a message: "
                                            + failure.code()
                                            + ", "
                                            + failure.detail()));
                    return;
                }
                again.add(entries.get(failure.index()).afterFailure());
            }
            finish(again, resultHandler);
        } catch (RuntimeException e) {
            if (SnsFailures.isFatal(e)) {
                resultHandler.completeExceptionally(
                        new IOException("Cannot publish to SNS: " + e.getMessage(), e));
                return;
            }
            LOG.warn("Publishing {} messages failed, will be tried again", entries.size(), e);
            finish(entries.stream().map(SnsEntry::afterFailure).toList(), resultHandler);
        } catch (Error e) {
            resultHandler.completeExceptionally(new IOException("Publishing to SNS stopped", e));
        } catch (InterruptedException e) {
            // The writer closes; what is not published is in the last checkpoint or comes again.
            Thread.currentThread().interrupt();
        }
    }

    private void finish(List<SnsEntry> again, ResultHandler<SnsEntry> resultHandler) {
        if (again.isEmpty()) {
            resultHandler.complete();
            return;
        }
        retries.inc(again.size());
        resultHandler.retryForEntries(again);
    }

    /** So that a topic that fails all the time is not asked all the time. */
    private void pauseBeforeRetry(List<SnsEntry> entries) throws InterruptedException {
        int attempts = entries.stream().mapToInt(SnsEntry::attempts).max().orElse(0);
        if (attempts == 0) {
            return;
        }
        long pause = Math.min(MAX_PAUSE_MILLIS, 50L << Math.min(attempts, 10));
        if (closed.await(pause, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("The writer is closed");
        }
    }

    @Override
    protected long getSizeInBytes(SnsEntry entry) {
        return entry.sizeInBytes();
    }

    @Override
    public void close() {
        closed.countDown();
        publishers.shutdownNow();
        try {
            if (!publishers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A publication does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        topic.close();
        super.close();
    }
}
