package dev.caracal.connectors.s3;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of one reader subtask. */
final class ReaderMetrics {

    private final MetricGroup group;
    private final Counter objects;
    private final Counter records;
    private final Counter bytesRead;
    private final Counter bytesDecompressed;
    private final Counter retries;
    private final AtomicLong bytesHeld = new AtomicLong();
    private final Map<String, Counter> deadLetters = new HashMap<>();

    ReaderMetrics(MetricGroup parent, Gauge<Integer> inFlight, Gauge<Integer> waiting) {
        group = parent.addGroup("caracal");
        objects = group.counter("objectsRead");
        records = group.counter("recordsRead");
        bytesRead = group.counter("bytesRead", new ThreadSafeSimpleCounter());
        bytesDecompressed = group.counter("bytesDecompressed", new ThreadSafeSimpleCounter());
        retries = group.counter("readRetries", new ThreadSafeSimpleCounter());
        group.gauge("objectsInFlight", inFlight);
        group.gauge("objectsWaiting", waiting);
        group.gauge("bytesHeld", bytesHeld::get);
    }

    Counter bytesRead() {
        return bytesRead;
    }

    Counter bytesDecompressed() {
        return bytesDecompressed;
    }

    void retried() {
        retries.inc();
    }

    /** A batch waits to be emitted. */
    void holds(RecordBatch batch) {
        bytesHeld.addAndGet(batch.data().length);
    }

    /** A batch has been emitted. */
    void emitted(RecordBatch batch) {
        bytesHeld.addAndGet(-batch.data().length);
        records.inc(batch.size());
        if (batch.last()) {
            objects.inc();
        }
    }

    void deadLetter(String reason) {
        deadLetters
                .computeIfAbsent(
                        reason, name -> group.addGroup("reason", name).counter("deadLetters"))
                .inc();
    }
}
