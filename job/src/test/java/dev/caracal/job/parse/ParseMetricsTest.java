package dev.caracal.job.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.job.health.SourceCount;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ParseMetricsTest {

    @Test
    void recordsCountBySourceAndRejectedOnesByReasonToo() {
        Map<String, Counter> counters = new TreeMap<>();
        ParseMetrics metrics = new ParseMetrics(new RecordingGroup("", counters));

        metrics.accepted("shop");
        metrics.accepted("shop");
        metrics.event("AWS.ALB");
        metrics.rejected("shop", "classification-failure");
        metrics.rejected("okta", "classification-failure");
        metrics.rejected("okta", "unknown-log-type");
        metrics.count(new SourceCount("shop", "Shop", "AWS.ALB", 2, 50, 1, 3, 77));
        metrics.count(new SourceCount("shop", "Shop", "AWS.ALB", 1, 25, 0, 1, 66));

        Map<String, Long> counted =
                counters.entrySet().stream()
                        .filter(entry -> entry.getValue().getCount() > 0)
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> entry.getValue().getCount()));
        assertThat(counted)
                .containsOnly(
                        Map.entry("logType.AWS.ALB.events", 1L),
                        Map.entry("source.shop.acceptedRecords", 2L),
                        Map.entry("source.shop.rejectedRecords", 1L),
                        Map.entry("source.shop.logType.AWS.ALB.bytes", 75L),
                        Map.entry("source.shop.logType.AWS.ALB.objects", 1L),
                        Map.entry("source.shop.logType.AWS.ALB.events", 4L),
                        Map.entry("source.okta.rejectedRecords", 2L),
                        Map.entry("reason.classification-failure.rejectedRecords", 2L),
                        Map.entry("reason.unknown-log-type.rejectedRecords", 1L),
                        Map.entry("rejectedRecords", 3L));
    }

    /** Keeps its counters by their full names. */
    private static final class RecordingGroup extends UnregisteredMetricsGroup {

        private final String prefix;
        private final Map<String, Counter> counters;

        RecordingGroup(String prefix, Map<String, Counter> counters) {
            this.prefix = prefix;
            this.counters = counters;
        }

        @Override
        public Counter counter(String name) {
            Counter counter = super.counter(name);
            assertThat(counters.put(prefix + name, counter)).as("made once").isNull();
            return counter;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new RecordingGroup(prefix + key + '.' + value + '.', counters);
        }
    }
}
