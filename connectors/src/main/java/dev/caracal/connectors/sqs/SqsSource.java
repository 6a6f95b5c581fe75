package dev.caracal.connectors.sqs;

import dev.caracal.connectors.aws.AwsSettings;
import java.time.Clock;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A source of the messages of one SQS queue, each at least once and in no order.
 *
 * <p>Every reader polls for itself, with several long polls at once. A message is deleted after the
 * first checkpoint that holds it completes; until then its visibility timeout is extended. What has
 * not been deleted when the job fails is shown again and comes back, so nothing of it is in Flink's
 * state. The timestamp of a record is the message's sent time.
 *
 * <p>Without checkpoints nothing is ever deleted, and the source stops at its limit of messages in
 * flight.
 */
public final class SqsSource extends PolledSource<SqsMessage, NoSplit> {

    private static final long serialVersionUID = 1L;

    SqsSource(SqsSourceSettings settings, SqsQueue.Connector connector) {
        super(settings, connector);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SourceReader<SqsMessage, NoSplit> createReader(SourceReaderContext context) {
        return new SqsReader(
                settings,
                connector.connect(settings),
                new SqsSourceMetrics(context.metricGroup()),
                Clock.systemUTC());
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return new NoSplit.Serializer();
    }

    /** Builds an {@link SqsSource}. */
    public static final class Builder {

        private final Configuration config = new Configuration();
        private SqsQueue.@Nullable Connector connector;

        private Builder() {}

        /**
         * Takes the options of {@link SqsSourceOptions}, those of the AWS clients, and the
         * checkpoint interval that the visibility timeout is held against.
         */
        public Builder config(ReadableConfig options) {
            options.toMap().forEach(config::setString);
            return this;
        }

        public Builder queueUrl(String queueUrl) {
            config.set(SqsSourceOptions.QUEUE_URL, queueUrl);
            return this;
        }

        /** Ends every reader after so many empty polls in a row, for tests and samples. */
        public Builder untilEmptyPolls(int polls) {
            config.set(SqsSourceOptions.BOUNDED_EMPTY_POLLS, polls);
            return this;
        }

        Builder connector(SqsQueue.Connector connector) {
            this.connector = connector;
            return this;
        }

        /**
         * Checks the options.
         *
         * @throws IllegalArgumentException if one is missing or out of range
         */
        public SqsSource build() {
            SqsSourceSettings settings = SqsSourceSettings.from(config);
            AwsSettings aws = AwsSettings.from(config);
            return new SqsSource(
                    settings,
                    Objects.requireNonNullElseGet(
                            connector, () -> connected -> new SqsClientQueue(connected, aws)));
        }
    }
}
