package dev.caracal.connectors.sqs;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source whose readers poll by themselves, so that its enumerator has nothing to hand out.
 *
 * @param <T> what it emits
 * @param <S> what a reader keeps over a restart
 */
abstract class PolledSource<T, S extends SourceSplit> implements Source<T, S, NoSplit> {

    private static final long serialVersionUID = 1L;

    final SqsSourceSettings settings;
    final SqsQueue.Connector connector;

    PolledSource(SqsSourceSettings settings, SqsQueue.Connector connector) {
        this.settings = settings;
        this.connector = connector;
    }

    @Override
    public final Boundedness getBoundedness() {
        return settings.bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public final SplitEnumerator<S, NoSplit> createEnumerator(SplitEnumeratorContext<S> context) {
        return new NoSplitEnumerator<>();
    }

    @Override
    public final SplitEnumerator<S, NoSplit> restoreEnumerator(
            SplitEnumeratorContext<S> context, NoSplit checkpoint) {
        return new NoSplitEnumerator<>();
    }

    @Override
    public final SimpleVersionedSerializer<NoSplit> getEnumeratorCheckpointSerializer() {
        return new NoSplit.Serializer();
    }
}
