package dev.caracal.job.parse;

import dev.caracal.job.health.SourceCount;
import dev.caracal.job.metrics.RecentMaximum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What one task of {@link ParseFunction} counts. */
final class ParseMetrics {

    private final MetricGroup group;
    private final Counter records;
    private final Counter bytes;
    private final Counter duplicates;
    private final Counter rejected;
    private final Counter objects;
    private final RecentMaximum objectLatency;
    private final Map<String, Counter> eventsByLogType = new HashMap<>();
    private final Map<String, Counter> acceptedBySource = new HashMap<>();
    private final Map<String, Counter> rejectedBySource = new HashMap<>();
    private final Map<String, Counter> rejectedByReason = new HashMap<>();
    private final Map<List<String>, SourceCounters> bySourceAndLogType = new HashMap<>();

    ParseMetrics(MetricGroup group) {
        this.group = group;
        records = group.counter("records");
        bytes = group.counter("bytes");
        duplicates = group.counter("duplicateRecords");
        rejected = group.counter("rejectedRecords");
        objects = group.counter("objects");
        objectLatency = group.gauge("objectLatencyMillis", new RecentMaximum());
    }

    void record(int length) {
        records.inc();
        bytes.inc(length);
    }

    void duplicates(int count) {
        duplicates.inc(count);
    }

    void object() {
        objects.inc();
    }

    /** Records of an object that S3 stored at this time have become events; 0 if unknown. */
    void parsed(long createdTimeMillis) {
        objectLatency.addSince(createdTimeMillis);
    }

    void event(String logType) {
        inc(eventsByLogType, "logType", logType, "events");
    }

    void accepted(String sourceId) {
        inc(acceptedBySource, "source", sourceId, "acceptedRecords");
    }

    void rejected(String sourceId, String reason) {
        rejected.inc();
        inc(rejectedBySource, "source", sourceId, "rejectedRecords");
        inc(rejectedByReason, "reason", reason, "rejectedRecords");
    }

    /** What became of the records of a batch, by log source and log type. */
    void count(SourceCount count) {
        if (!count.logType().isEmpty()) {
            bySourceAndLogType
                    .computeIfAbsent(
                            List.of(count.sourceId(), count.logType()),
                            key -> new SourceCounters(key.get(0), key.get(1)))
                    .add(count);
        }
    }

    /** What came of one log type from one log source. */
    private final class SourceCounters {

        private final Counter sourceBytes;
        private final Counter sourceObjects;
        private final Counter sourceEvents;
        private volatile long lastEventMillis;

        SourceCounters(String sourceId, String logType) {
            MetricGroup own = group.addGroup("source", sourceId).addGroup("logType", logType);
            sourceBytes = own.counter("bytes");
            sourceObjects = own.counter("objects");
            sourceEvents = own.counter("events");
            own.gauge("lastEventTimeMillis", (Gauge<Long>) () -> lastEventMillis);
        }

        void add(SourceCount count) {
            sourceBytes.inc(count.bytes());
            sourceObjects.inc(count.objects());
            sourceEvents.inc(count.events());
            lastEventMillis = Math.max(lastEventMillis, count.lastEventMillis());
        }
    }

    private void inc(Map<String, Counter> counters, String key, String value, String name) {
        Counter counter = counters.get(value);
        if (counter == null) {
            counter = group.addGroup(key, value).counter(name);
            counters.put(value, counter);
        }
        counter.inc();
    }
}
