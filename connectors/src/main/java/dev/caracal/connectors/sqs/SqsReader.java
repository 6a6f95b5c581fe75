package dev.caracal.connectors.sqs;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Emits what the polls of one queue bring. */
final class SqsReader implements SourceReader<SqsMessage, NoSplit> {

    private final QueuePolls polls;

    SqsReader(
            SqsSourceSettings settings,
            SqsQueue queue,
            SqsSourceMetrics metrics,
            InstantSource clock) {
        polls = new QueuePolls(settings, queue, metrics, clock, failure -> false);
        metrics.gauges(polls.messages()::size, polls.messages()::oldestAgeMillis);
    }

    @Override
    public void start() {
        polls.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SqsMessage> output) throws Exception {
        SqsMessage message = polls.poll();
        if (message != null) {
            output.collect(message, message.sentTimeMillis());
            return InputStatus.MORE_AVAILABLE;
        }
        return polls.messages().ended() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return polls.available();
    }

    @Override
    public List<NoSplit> snapshotState(long checkpoint) {
        polls.messages().snapshot(checkpoint);
        return List.of();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        polls.complete(checkpoint);
    }

    @Override
    public void addSplits(List<NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    /** Deletes what is done and shows all other messages again, so that a restart finds them. */
    @Override
    public void close() {
        polls.close();
    }
}
