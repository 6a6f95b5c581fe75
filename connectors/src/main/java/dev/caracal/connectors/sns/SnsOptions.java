package dev.caracal.connectors.sns;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options of {@link SnsSink}; counts are those of one writer. */
public final class SnsOptions {

    public static final ConfigOption<String> TOPIC_ARN =
            key("sns.topic-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Topic that the messages are published to.");

    public static final ConfigOption<Duration> MAX_TIME_IN_BUFFER =
            key("sns.max-time-in-buffer")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription("How long a message may wait for its batch to fill.");

    public static final ConfigOption<Integer> MAX_BUFFERED_MESSAGES =
            key("sns.max-buffered-messages")
                    .intType()
                    .defaultValue(1000)
                    .withDescription("Messages that wait at which the sink holds up the job.");

    public static final ConfigOption<Integer> MAX_IN_FLIGHT_BATCHES =
            key("sns.max-in-flight-batches")
                    .intType()
                    .defaultValue(8)
                    .withDescription("Batches that are published at once.");

    private static final List<ConfigOption<?>> ALL =
            List.of(TOPIC_ARN, MAX_TIME_IN_BUFFER, MAX_BUFFERED_MESSAGES, MAX_IN_FLIGHT_BATCHES);

    private SnsOptions() {}

    /** Every option of the sink. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
