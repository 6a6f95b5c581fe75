package dev.caracal.connectors.sqs;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.jspecify.annotations.Nullable;

/** An enumerator that hands out nothing: every reader polls the queue by itself. */
final class NoSplitEnumerator<S extends SourceSplit> implements SplitEnumerator<S, NoSplit> {

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<S> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public NoSplit snapshotState(long checkpoint) {
        return NoSplit.NONE;
    }

    @Override
    public void close() {}
}
