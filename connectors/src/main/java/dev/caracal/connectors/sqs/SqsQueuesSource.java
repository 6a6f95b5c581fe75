package dev.caracal.connectors.sqs;

import dev.caracal.connectors.aws.AwsSettings;
import java.time.Clock;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source of the messages of several SQS queues, which may come and go while it runs; as {@link
 * SqsSource} otherwise.
 *
 * <p>Every reader polls every queue. A queue that cannot be polled is tried again and again, and
 * does not fail the job. Every reader keeps the memory of its {@link QueueSet}: where the readers
 * become more, those that come new begin without.
 */
public final class SqsQueuesSource extends PolledSource<QueueMessage, QueueSetMemory> {

    private static final long serialVersionUID = 1L;

    private final QueueSet queues;

    SqsQueuesSource(SqsSourceSettings settings, QueueSet queues, SqsQueue.Connector connector) {
        super(settings, connector);
        this.queues = queues;
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
    public SourceReader<QueueMessage, QueueSetMemory> createReader(SourceReaderContext context) {
        return new SqsQueuesReader(
                settings,
                queues,
                connector,
                new SqsSourceMetrics(context.metricGroup()),
                Clock.systemUTC(),
                context.getIndexOfSubtask() == 0);
    }

    @Override
    public SimpleVersionedSerializer<QueueSetMemory> getSplitSerializer() {
        return new QueueSetMemory.Serializer();
    }
}
