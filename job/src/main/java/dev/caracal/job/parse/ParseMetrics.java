package dev.caracal.job.parse;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What one task of {@link ParseFunction} counts. */
final class ParseMetrics {

    private final MetricGroup group;
    private final Counter records;
    private final Counter bytes;
    private final Counter duplicates;
    private final Counter rejected;
    private final Counter objects;
    private final Map<String, Counter> eventsByLogType = new HashMap<>();
    private final Map<String, Counter> acceptedBySource = new HashMap<>();
    private final Map<String, Counter> rejectedBySource = new HashMap<>();
    private final Map<String, Counter> rejectedByReason = new HashMap<>();

    ParseMetrics(MetricGroup group) {
        this.group = group;
        records = group.counter("records");
        bytes = group.counter("bytes");
        duplicates = group.counter("duplicateRecords");
        rejected = group.counter("rejectedRecords");
        objects = group.counter("objects");
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

    private void inc(Map<String, Counter> counters, String key, String value, String name) {
        Counter counter = counters.get(value);
        if (counter == null) {
            counter = group.addGroup(key, value).counter(name);
            counters.put(value, counter);
        }
        counter.inc();
    }
}
