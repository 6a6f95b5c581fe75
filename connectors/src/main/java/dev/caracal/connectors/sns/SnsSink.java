package dev.caracal.connectors.sns;

import dev.caracal.connectors.aws.AwsSettings;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A sink that publishes to one SNS topic, each message at least once, in batches of up to 10
 * messages and 256 KiB.
 *
 * <p>What SNS refuses for a while is tried again without end; what it refuses for good fails the
 * job. A message of more than 256 KiB is cut by the {@link Oversize} given, by default an error.
 */
public final class SnsSink<T> extends AsyncSinkBase<T, SnsEntry> {

    private static final long serialVersionUID = 1L;

    /** Of one message and of a batch, attributes included; a quota of SNS. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_BATCH = 10;

    private final SnsTopic.Connector connector;

    private SnsSink(Builder<T> builder, SnsTopic.Connector connector) {
        super(
                new SnsElementConverter<>(
                        Objects.requireNonNull(builder.converter, "converter is null"),
                        builder.oversize),
                MAX_BATCH,
                builder.config.get(SnsOptions.MAX_IN_FLIGHT_BATCHES),
                builder.config.get(SnsOptions.MAX_BUFFERED_MESSAGES),
                MAX_BYTES,
                builder.config.get(SnsOptions.MAX_TIME_IN_BUFFER).toMillis(),
                MAX_BYTES);
        this.connector = connector;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<SnsEntry>> createWriter(
            WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<SnsEntry>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<SnsEntry>> restored) {
        return new SnsSinkWriter<>(
                getElementConverter(),
                context,
                AsyncSinkWriterConfiguration.builder()
                        .setMaxBatchSize(getMaxBatchSize())
                        .setMaxBatchSizeInBytes(getMaxBatchSizeInBytes())
                        .setMaxInFlightRequests(getMaxInFlightRequests())
                        .setMaxBufferedRequests(getMaxBufferedRequests())
                        .setMaxTimeInBufferMS(getMaxTimeInBufferMS())
                        .setMaxRecordSizeInBytes(getMaxRecordSizeInBytes())
                        .build(),
                restored,
                connector.connect());
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<SnsEntry>> getWriterStateSerializer() {
        return new SnsEntrySerializer();
    }

    /** Makes the message for an element. */
    @FunctionalInterface
    public interface Converter<T> extends Serializable {

        SnsMessage convert(T element);
    }

    /** Makes a smaller message of one that is too large. */
    @FunctionalInterface
    public interface Oversize extends Serializable {

        /**
         * Shortens a message.
         *
         * @param maxBytes of body, subject and attributes together
         */
        SnsMessage shorten(SnsMessage message, int maxBytes);
    }

    /** Builds an {@link SnsSink}. */
    public static final class Builder<T> {

        private final Configuration config = new Configuration();
        private @Nullable Converter<T> converter;
        private Oversize oversize = (message, maxBytes) -> message;
        private SnsTopic.@Nullable Connector connector;

        private Builder() {}

        /** Takes the options of {@link SnsOptions} and those of the AWS clients. */
        public Builder<T> config(ReadableConfig options) {
            options.toMap().forEach(config::setString);
            return this;
        }

        public Builder<T> topicArn(String topicArn) {
            config.set(SnsOptions.TOPIC_ARN, topicArn);
            return this;
        }

        public Builder<T> converter(Converter<T> converter) {
            this.converter = converter;
            return this;
        }

        /** Without it, a message that is too large fails the job. */
        public Builder<T> oversize(Oversize oversize) {
            this.oversize = oversize;
            return this;
        }

        Builder<T> connector(SnsTopic.Connector connector) {
            this.connector = connector;
            return this;
        }

        /**
         * Checks the options.
         *
         * @throws IllegalArgumentException if one is missing or out of range
         */
        public SnsSink<T> build() {
            String topicArn = config.getOptional(SnsOptions.TOPIC_ARN).orElse("");
            if (!topicArn.startsWith("arn:")) {
                throw new IllegalArgumentException(
                        SnsOptions.TOPIC_ARN.key()
                                + " is '"
                                + topicArn
                                + "', expected arn:aws:sns:REGION:ACCOUNT:NAME");
            }
            AwsSettings aws = AwsSettings.from(config);
            return new SnsSink<>(
                    this,
                    Objects.requireNonNullElseGet(
                            connector, () -> () -> new SnsClientTopic(topicArn, aws)));
        }
    }
}
