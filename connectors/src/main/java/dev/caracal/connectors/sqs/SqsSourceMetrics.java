package dev.caracal.connectors.sqs;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of one reader; the counters count from several threads. */
final class SqsSourceMetrics {

    private final MetricGroup group;
    final Counter received;
    final Counter deleted;

    /** Polls that failed and are tried again. */
    final Counter receiveFailures;

    /** Messages that a call did not delete; they are tried again. */
    final Counter deleteFailures;

    /** Messages that a call did not extend, tried again or expired. */
    final Counter heartbeatFailures;

    /** Messages whose handle expired before they were deleted; they may come again. */
    final Counter expired;

    SqsSourceMetrics(MetricGroup parent) {
        group = parent.addGroup("caracal").addGroup("sqs");
        received = counter("messagesReceived");
        deleted = counter("messagesDeleted");
        receiveFailures = counter("receiveFailures");
        deleteFailures = counter("deleteFailures");
        heartbeatFailures = counter("heartbeatFailures");
        expired = counter("messagesExpired");
    }

    void gauges(LongSupplier inFlight, LongSupplier oldestAgeMillis) {
        group.gauge("messagesInFlight", (Gauge<Long>) inFlight::getAsLong);
        group.gauge("oldestMessageAgeMillis", (Gauge<Long>) oldestAgeMillis::getAsLong);
    }

    private Counter counter(String name) {
        return group.counter(name, new ThreadSafeSimpleCounter());
    }
}
