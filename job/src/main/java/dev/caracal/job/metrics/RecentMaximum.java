package dev.caracal.job.metrics;

import java.time.InstantSource;
import org.apache.flink.metrics.Gauge;

/**
 * The largest of the values of the last minute or two; 0 if there were none. So the longest of a
 * thing's times is seen, however seldom a reporter asks. One thread adds, any may ask.
 */
public final class RecentMaximum implements Gauge<Long> {

    static final long SPAN_MILLIS = 60_000;

    /** The values of one minute. */
    private record Span(long beginMillis, long largest) {}

    private final InstantSource clock;
    private volatile Span current = new Span(0, 0);
    private volatile Span before = current;

    public RecentMaximum() {
        this(InstantSource.system());
    }

    RecentMaximum(InstantSource clock) {
        this.clock = clock;
    }

    public void add(long value) {
        long now = clock.millis();
        Span span = current;
        if (now - span.beginMillis >= SPAN_MILLIS) {
            before = span;
            current = new Span(now, Math.max(0, value));
        } else if (value > span.largest) {
            current = new Span(span.beginMillis, value);
        }
    }

    /** Adds the time since a moment, in milliseconds since the epoch; 0 stands for none. */
    public void addSince(long millis) {
        if (millis > 0) {
            add(clock.millis() - millis);
        }
    }

    @Override
    public Long getValue() {
        long oldest = clock.millis() - 2 * SPAN_MILLIS;
        return Math.max(largest(current, oldest), largest(before, oldest));
    }

    private static long largest(Span span, long oldest) {
        return span.beginMillis > oldest ? span.largest : 0;
    }
}
