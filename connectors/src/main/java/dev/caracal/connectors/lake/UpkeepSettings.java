package dev.caracal.connectors.lake;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.TimeUtils;

/**
 * How a lake is kept in order.
 *
 * @param interval between rounds, zero for none
 * @param retention how long rows are kept, by table or {@code *} for the others
 */
public record UpkeepSettings(
        Duration interval, Duration snapshotAge, Map<String, Duration> retention)
        implements Serializable {

    public UpkeepSettings {
        Objects.requireNonNull(interval, "interval is null");
        Objects.requireNonNull(snapshotAge, "snapshotAge is null");
        retention = Map.copyOf(retention);
    }

    /**
     * @throws IllegalArgumentException if an option does not fit
     */
    public static UpkeepSettings from(ReadableConfig config) {
        Map<String, Duration> retention = new HashMap<>();
        config.get(LakeOptions.RETENTION)
                .forEach((table, text) -> retention.put(table.strip(), duration(table, text)));
        return new UpkeepSettings(
                config.get(LakeOptions.UPKEEP_INTERVAL),
                config.get(LakeOptions.SNAPSHOT_AGE),
                retention);
    }

    private static Duration duration(String table, String text) {
        try {
            return TimeUtils.parseDuration(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "lake.retention of " + table + " is " + text + ", expected one like 30 d", e);
        }
    }

    /** How long rows of a table are kept, empty for ever. */
    Optional<Duration> retention(String table) {
        return Optional.ofNullable(retention.getOrDefault(table, retention.get("*")));
    }
}
