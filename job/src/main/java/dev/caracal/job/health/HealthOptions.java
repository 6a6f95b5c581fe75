package dev.caracal.job.health;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of what is told about Caracal itself. */
public final class HealthOptions {

    public static final ConfigOption<Integer> DEAD_LETTERS =
            ConfigOptions.key("health.dead-letters")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "Dead letters with one reason within an hour before there is an alert;"
                                    + " at least 1. What can be set right by its owner, such as"
                                    + " a refused file or a source that may not be read, is one"
                                    + " at once.");

    public static final ConfigOption<Double> CLASSIFICATION_FAILURES =
            ConfigOptions.key("health.classification-failures")
                    .doubleType()
                    .defaultValue(0.05)
                    .withDescription(
                            "Share of a log source's records, of 100 or more in ten minutes, that"
                                    + " may be rejected before there is an alert; 0 to 1.");

    public static final ConfigOption<Duration> SNAPSHOT_INTERVAL =
            ConfigOptions.key("health.snapshot-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How often the health of the log sources is written into the control"
                                    + " location, when it changes; at least 1 s.");

    private HealthOptions() {}

    public static List<ConfigOption<?>> all() {
        return List.of(DEAD_LETTERS, CLASSIFICATION_FAILURES, SNAPSHOT_INTERVAL);
    }
}
