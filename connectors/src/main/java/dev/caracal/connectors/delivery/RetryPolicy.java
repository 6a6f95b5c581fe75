package dev.caracal.connectors.delivery;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * When a delivery is tried again: after pauses that double and are shortened by chance, so that
 * deliveries that failed together do not come back together.
 *
 * @param perDestination attempts at one destination at once
 */
record RetryPolicy(
        int maxAttempts,
        Duration retryFor,
        Duration delay,
        Duration maxDelay,
        int maxInFlight,
        int perDestination)
        implements Serializable {

    private static final int MAX_DOUBLINGS = 30;

    /** An outage that is over is noticed within this, unless the destination asks for more. */
    private static final long LONGEST_DOUBLED_MILLIS = 30_000;

    /**
     * @throws IllegalArgumentException if an option is out of range
     */
    static RetryPolicy from(ReadableConfig options) {
        return new RetryPolicy(
                positive(options, DeliveryOptions.MAX_ATTEMPTS),
                options.get(DeliveryOptions.RETRY_FOR),
                options.get(DeliveryOptions.RETRY_DELAY),
                options.get(DeliveryOptions.MAX_RETRY_DELAY),
                positive(options, DeliveryOptions.MAX_IN_FLIGHT),
                positive(options, DeliveryOptions.PER_DESTINATION));
    }

    private static int positive(ReadableConfig options, ConfigOption<Integer> option) {
        int value = options.get(option);
        if (value < 1) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + ", expected at least 1");
        }
        return value;
    }

    /**
     * The pause before the next attempt; empty if there is none.
     *
     * @param attempts made so far, at least 1
     * @param elapsed since the first of them
     * @param asked by the destination
     */
    Optional<Duration> pause(
            int attempts, Duration elapsed, Duration asked, RandomGenerator random) {
        long most = maxDelay.toMillis();
        long doubled =
                Math.min(
                        delay.toMillis() << Math.min(attempts - 1, MAX_DOUBLINGS),
                        LONGEST_DOUBLED_MILLIS);
        long backOff = (long) (Math.min(doubled, most) * random.nextDouble(0.5, 1));
        long pause = Math.max(backOff, Math.min(asked.toMillis(), most));
        boolean over = attempts >= maxAttempts || elapsed.toMillis() + pause > retryFor.toMillis();
        return over ? Optional.empty() : Optional.of(Duration.ofMillis(pause));
    }
}
