package dev.caracal.connectors.control;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Follows a control location: emits a whole {@link ControlSnapshot} at the start and whenever a
 * file in it has changed. It never ends, and is to run with parallelism 1.
 *
 * <p>After a restart it emits the location once more, whether it has changed or not: what the
 * receiver makes of it may depend on more than the files, such as a new version of the job.
 *
 * <p>A location that is missing or cannot be reached changes nothing: it is logged at most once a
 * minute, counted in {@code controlReadFailures}, and tried again.
 */
public final class ControlSource
        implements Source<ControlSnapshot, ControlSplit, List<ControlSplit>>,
                ResultTypeQueryable<ControlSnapshot> {

    /** How often the location is looked at unless told otherwise. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(2);

    @Serial private static final long serialVersionUID = 1L;

    private final ControlLocation location;
    private final Duration interval;

    private ControlSource(ControlLocation location, Duration interval) {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("Interval is below 1 ms: " + interval);
        }
        this.location = location;
        this.interval = interval;
    }

    public static ControlSource of(ControlLocation location) {
        return new ControlSource(location, DEFAULT_INTERVAL);
    }

    public static ControlSource of(ControlLocation location, Duration interval) {
        return new ControlSource(location, interval);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<ControlSplit, List<ControlSplit>> createEnumerator(
            SplitEnumeratorContext<ControlSplit> context) {
        return new ControlEnumerator(context, new ControlSplit());
    }

    @Override
    public SplitEnumerator<ControlSplit, List<ControlSplit>> restoreEnumerator(
            SplitEnumeratorContext<ControlSplit> context, List<ControlSplit> unassigned) {
        return new ControlEnumerator(context, unassigned.isEmpty() ? null : unassigned.get(0));
    }

    @Override
    public SourceReader<ControlSnapshot, ControlSplit> createReader(SourceReaderContext context) {
        return new ControlReader(location, interval, location::open, context.metricGroup());
    }

    @Override
    public SimpleVersionedSerializer<ControlSplit> getSplitSerializer() {
        return new ControlSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<List<ControlSplit>> getEnumeratorCheckpointSerializer() {
        return new ControlEnumerator.Serializer();
    }

    @Override
    public TypeInformation<ControlSnapshot> getProducedType() {
        return TypeInformation.of(ControlSnapshot.class);
    }
}
