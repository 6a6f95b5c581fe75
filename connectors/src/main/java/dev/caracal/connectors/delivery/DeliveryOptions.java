package dev.caracal.connectors.delivery;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options of {@link DeliveryOperator}; counts are those of one task. */
public final class DeliveryOptions {

    public static final ConfigOption<Integer> MAX_ATTEMPTS =
            key("delivery.max-attempts")
                    .intType()
                    .defaultValue(100)
                    .withDescription("Attempts after which a delivery is given up.");

    public static final ConfigOption<Duration> RETRY_FOR =
            key("delivery.retry-for")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription("Time after which a delivery is not tried again.");

    public static final ConfigOption<Duration> RETRY_DELAY =
            key("delivery.retry-delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "Pause before the second attempt; doubled each time, up to 30 s, and"
                                    + " shortened by chance to as little as half.");

    public static final ConfigOption<Duration> MAX_RETRY_DELAY =
            key("delivery.max-retry-delay")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "Longest pause, also where the destination asks for a longer one.");

    public static final ConfigOption<Integer> MAX_IN_FLIGHT =
            key("delivery.max-in-flight")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "Deliveries under way, those that wait to be tried again included, at"
                                    + " which the job is held up.");

    public static final ConfigOption<Integer> PER_DESTINATION =
            key("delivery.per-destination")
                    .intType()
                    .defaultValue(4)
                    .withDescription("Attempts at one destination at once.");

    private static final List<ConfigOption<?>> ALL =
            List.of(
                    MAX_ATTEMPTS,
                    RETRY_FOR,
                    RETRY_DELAY,
                    MAX_RETRY_DELAY,
                    MAX_IN_FLIGHT,
                    PER_DESTINATION);

    private DeliveryOptions() {}

    /** Every option of deliveries. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
