package dev.caracal.job.alert;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of grouping matches into alerts. */
public final class AlertOptions {

    public static final ConfigOption<AlertClock> CLOCK =
            ConfigOptions.key("alert.clock")
                    .enumType(AlertClock.class)
                    .defaultValue(AlertClock.PROCESSING_TIME)
                    .withDescription(
                            "What dedup periods run on: processing-time, or event-time for a replay"
                                    + " that gives the same alerts in whatever order the files"
                                    + " come.");

    public static final ConfigOption<Duration> UPDATE_INTERVAL =
            ConfigOptions.key("alert.update-interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How long matches after an alert are gathered before its record is"
                                    + " written again; at least 1 s.");

    public static final ConfigOption<Duration> ALLOWED_LATENESS =
            ConfigOptions.key("alert.allowed-lateness")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "On event time, how far an event may lie before the latest one that"
                                    + " has come. What comes in any order needs the whole span of"
                                    + " time that is replayed.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT =
            ConfigOptions.key("alert.idle-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "On event time, how long a task may be without an event before its"
                                    + " clock follows the time of day, so that the last periods"
                                    + " of a replay end.");

    private AlertOptions() {}

    public static List<ConfigOption<?>> all() {
        return List.of(CLOCK, UPDATE_INTERVAL, ALLOWED_LATENESS, IDLE_TIMEOUT);
    }
}
