package dev.caracal.connectors.sqs;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options of {@link SqsSource}; counts and limits are those of one reader. */
public final class SqsSourceOptions {

    public static final ConfigOption<String> QUEUE_URL =
            key("sqs.queue-url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("URL of the queue that the notifications arrive in.");

    public static final ConfigOption<Integer> RECEIVE_PARALLELISM =
            key("sqs.receive.parallelism")
                    .intType()
                    .defaultValue(8)
                    .withDescription("Long polls that run at once, each for up to 10 messages.");

    public static final ConfigOption<Duration> WAIT_TIME =
            key("sqs.wait-time")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(20))
                    .withDescription("How long a poll waits for a message, 0 to 20 s.");

    public static final ConfigOption<Duration> VISIBILITY_TIMEOUT =
            key("sqs.visibility-timeout")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long a received message stays hidden unless the reader extends it,"
                                    + " at least 3 checkpoint intervals; else 3 intervals and no"
                                    + " less than 30 s, or 3 minutes if the interval is not known.");

    public static final ConfigOption<Integer> MAX_IN_FLIGHT =
            key("sqs.max-in-flight")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "Messages received and not yet deleted at which polling stops; SQS"
                                    + " allows 120,000 for a queue and all its readers.");

    public static final ConfigOption<Integer> BOUNDED_EMPTY_POLLS =
            key("sqs.bounded.empty-polls")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "The source ends after so many empty polls in a row; 0 never ends it.");

    public static final ConfigOption<Long> BOUNDED_MAX_MESSAGES =
            key("sqs.bounded.max-messages")
                    .longType()
                    .defaultValue(0L)
                    .withDescription("The source ends after so many messages; 0 never ends it.");

    private static final List<ConfigOption<?>> ALL =
            List.of(
                    QUEUE_URL,
                    RECEIVE_PARALLELISM,
                    WAIT_TIME,
                    VISIBILITY_TIMEOUT,
                    MAX_IN_FLIGHT,
                    BOUNDED_EMPTY_POLLS,
                    BOUNDED_MAX_MESSAGES);

    private SqsSourceOptions() {}

    /** Every option of the source. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
