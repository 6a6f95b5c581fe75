package dev.caracal.job.health;

import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;
import java.util.List;
import java.util.Objects;

/**
 * A log source as far as its health is watched.
 *
 * @param label for people
 * @param exists false if the log source has been removed
 * @param dropOffMinutes how long it may be silent; 0 if that is all right
 * @param destinations where alerts about it go; empty for the usual ones
 */
public record WatchedSource(
        String sourceId,
        String label,
        boolean exists,
        int dropOffMinutes,
        List<String> destinations) {

    public WatchedSource {
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(label, "label is null");
        Objects.requireNonNull(destinations, "destinations is null");
    }

    public static WatchedSource of(LogSource source) {
        return new WatchedSource(
                source.id(), source.name(), true, source.dropOffMinutes(), source.destinations());
    }

    public static WatchedSource of(QueueSource source) {
        return new WatchedSource(
                source.id(), source.name(), true, source.dropOffMinutes(), source.destinations());
    }

    public WatchedSource removed() {
        return new WatchedSource(sourceId, label, false, 0, List.of());
    }
}
