package dev.caracal.connectors.sqs;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How {@link SqsSource} receives; travels to the readers.
 *
 * @param receiveParallelism long polls of one reader that run at once
 * @param visibilityTimeout up to 12 hours
 * @param waitTime 0 to 20 seconds
 * @param maxInFlight of one reader, at least 10 for each long poll
 * @param boundedEmptyPolls 0 for a source that does not end so
 * @param boundedMaxMessages of one reader, 0 for a source that does not end so
 */
record SqsSourceSettings(
        String queueUrl,
        int receiveParallelism,
        Duration visibilityTimeout,
        Duration waitTime,
        int maxInFlight,
        int boundedEmptyPolls,
        long boundedMaxMessages)
        implements Serializable {

    /** SQS hides no message for longer than this, counted from its receipt. */
    static final Duration MAX_VISIBILITY = Duration.ofHours(12);

    private static final Duration MAX_WAIT = Duration.ofSeconds(20);
    private static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofMinutes(1);
    private static final int INTERVALS_HIDDEN = 3;

    /** So that a busy machine with short intervals still extends in time. */
    private static final Duration MIN_DEFAULT_VISIBILITY = Duration.ofSeconds(30);

    SqsSourceSettings {
        if (queueUrl.isEmpty()) {
            throw invalid(SqsSourceOptions.QUEUE_URL.key(), "empty", "the URL of a queue");
        }
        if (receiveParallelism < 1) {
            throw invalid(
                    SqsSourceOptions.RECEIVE_PARALLELISM.key(), receiveParallelism, "at least 1");
        }
        if (visibilityTimeout.compareTo(Duration.ofSeconds(1)) < 0
                || visibilityTimeout.compareTo(MAX_VISIBILITY) > 0) {
            throw invalid(
                    SqsSourceOptions.VISIBILITY_TIMEOUT.key(),
                    visibilityTimeout,
                    "1 second to 12 hours");
        }
        if (waitTime.isNegative() || waitTime.compareTo(MAX_WAIT) > 0) {
            throw invalid(SqsSourceOptions.WAIT_TIME.key(), waitTime, "0 to 20 seconds");
        }
        if (maxInFlight < receiveParallelism * SqsQueue.MAX_BATCH) {
            throw invalid(
                    SqsSourceOptions.MAX_IN_FLIGHT.key(),
                    maxInFlight,
                    "at least 10 for each of " + receiveParallelism + " polls");
        }
        if (boundedEmptyPolls < 0) {
            throw invalid(
                    SqsSourceOptions.BOUNDED_EMPTY_POLLS.key(), boundedEmptyPolls, "0 or more");
        }
        if (boundedMaxMessages < 0) {
            throw invalid(
                    SqsSourceOptions.BOUNDED_MAX_MESSAGES.key(), boundedMaxMessages, "0 or more");
        }
    }

    /** The settings that a configuration asks for, with the checkpoint interval it gives. */
    static SqsSourceSettings from(ReadableConfig config) {
        return new SqsSourceSettings(
                config.getOptional(SqsSourceOptions.QUEUE_URL).orElse(""),
                config.get(SqsSourceOptions.RECEIVE_PARALLELISM),
                visibilityTimeout(config),
                config.get(SqsSourceOptions.WAIT_TIME),
                config.get(SqsSourceOptions.MAX_IN_FLIGHT),
                config.get(SqsSourceOptions.BOUNDED_EMPTY_POLLS),
                config.get(SqsSourceOptions.BOUNDED_MAX_MESSAGES));
    }

    private static Duration visibilityTimeout(ReadableConfig config) {
        Duration interval =
                config.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .orElse(DEFAULT_CHECKPOINT_INTERVAL);
        Duration smallest = interval.multipliedBy(INTERVALS_HIDDEN);
        Duration visibility =
                config.getOptional(SqsSourceOptions.VISIBILITY_TIMEOUT)
                        .orElse(
                                smallest.compareTo(MIN_DEFAULT_VISIBILITY) < 0
                                        ? MIN_DEFAULT_VISIBILITY
                                        : smallest);
        if (config.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isPresent()
                && visibility.compareTo(smallest) < 0) {
            throw invalid(
                    SqsSourceOptions.VISIBILITY_TIMEOUT.key(),
                    visibility,
                    "at least 3 checkpoint intervals of " + interval);
        }
        return visibility;
    }

    /** The same for another queue, which one poll at a time is enough for. */
    SqsSourceSettings ofQueue(String url) {
        return new SqsSourceSettings(
                url,
                1,
                visibilityTimeout,
                waitTime,
                maxInFlight,
                boundedEmptyPolls,
                boundedMaxMessages);
    }

    boolean bounded() {
        return boundedEmptyPolls > 0 || boundedMaxMessages > 0;
    }

    private static IllegalArgumentException invalid(String key, Object value, String expected) {
        return new IllegalArgumentException(key + " is " + value + ", expected " + expected);
    }
}
