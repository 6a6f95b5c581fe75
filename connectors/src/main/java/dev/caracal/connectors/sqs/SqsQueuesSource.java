package dev.caracal.connectors.sqs;

import dev.caracal.connectors.aws.AwsSettings;
import java.time.Clock;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source of the messages of several SQS queues, which may come and go while it runs; as {@link
 * SqsSource} otherwise.
 *
 * <p>Every reader polls every queue. A queue that cannot be polled is tried again and again, and
 * does not fail the job.
 */
public final class SqsQueuesSource implements Source<QueueMessage, NoSplit, NoSplit> {

    private static final long serialVersionUID = 1L;

    private final SqsSourceSettings settings;
    private final QueueSet queues;
    private final SqsQueue.Connector connector;

    SqsQueuesSource(SqsSourceSettings settings, QueueSet queues, SqsQueue.Connector connector) {
        this.settings = settings;
        this.queues = queues;
        this.connector = connector;
    }

    /**
     * Takes the options of {@link SqsSourceOptions} but the queue's URL, and those of the AWS
     * clients.
     */
    public static SqsQueuesSource of(QueueSet queues, ReadableConfig config) {
        AwsSettings aws = AwsSettings.from(config);
        return new SqsQueuesSource(
                SqsSourceSettings.from(config),
                queues,
                connected -> new SqsClientQueue(connected, aws));
    }

    @Override
    public Boundedness getBoundedness() {
        return settings.bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<QueueMessage, NoSplit> createReader(SourceReaderContext context) {
        return new SqsQueuesReader(
                settings,
                queues,
                connector,
                new SqsSourceMetrics(context.metricGroup()),
                Clock.systemUTC(),
                context.getIndexOfSubtask() == 0);
    }

    @Override
    public SplitEnumerator<NoSplit, NoSplit> createEnumerator(
            SplitEnumeratorContext<NoSplit> context) {
        return new NoSplitEnumerator();
    }

    @Override
    public SplitEnumerator<NoSplit, NoSplit> restoreEnumerator(
            SplitEnumeratorContext<NoSplit> context, NoSplit checkpoint) {
        return new NoSplitEnumerator();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return new NoSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getEnumeratorCheckpointSerializer() {
        return new NoSplit.Serializer();
    }
}
