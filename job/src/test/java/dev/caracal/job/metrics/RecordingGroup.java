package dev.caracal.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A group that keeps its metrics, and those of the groups below it, by their full names. */
public final class RecordingGroup extends UnregisteredMetricsGroup {

    private final String prefix;
    private final Map<String, LongSupplier> metrics;

    public RecordingGroup() {
        this("", new TreeMap<>());
    }

    private RecordingGroup(String prefix, Map<String, LongSupplier> metrics) {
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** The value of each metric that is not 0. */
    public Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        metrics.forEach(
                (name, metric) -> {
                    if (metric.getAsLong() != 0) {
                        values.put(name, metric.getAsLong());
                    }
                });
        return values;
    }

    @Override
    public Counter counter(String name) {
        Counter counter = super.counter(name);
        keep(name, counter::getCount);
        return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        keep(name, () -> ((Number) gauge.getValue()).longValue());
        return gauge;
    }

    private void keep(String name, LongSupplier metric) {
        assertThat(metrics.put(prefix + name, metric)).as("made once").isNull();
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return new RecordingGroup(prefix + key + '.' + value + '.', metrics);
    }
}
