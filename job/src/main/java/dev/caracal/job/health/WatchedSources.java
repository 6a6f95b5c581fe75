package dev.caracal.job.health;

import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.LogSourceFiles;
import dev.caracal.job.source.QueueSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log sources that are watched, by id. */
public final class WatchedSources {

    private Map<String, WatchedSource> byId = new HashMap<>();

    /** Takes up what was watched before a restart. */
    public void restore(Iterable<WatchedSource> sources) {
        sources.forEach(source -> byId.put(source.sourceId(), source));
    }

    public List<WatchedSource> all() {
        return List.copyOf(byId.values());
    }

    /**
     * Watches the log sources in force from now on.
     *
     * @return those that are new, not as before, or removed
     */
    public List<WatchedSource> update(LogSourceFiles files) {
        Map<String, WatchedSource> now = new HashMap<>();
        for (LogSource source : files.byPath().values()) {
            now.put(source.id(), WatchedSource.of(source));
        }
        for (QueueSource source : files.queuesByPath().values()) {
            now.put(source.id(), WatchedSource.of(source));
        }
        List<WatchedSource> changes = new ArrayList<>();
        byId.forEach(
                (id, source) -> {
                    if (!now.containsKey(id)) {
                        changes.add(source.removed());
                    }
                });
        now.forEach(
                (id, source) -> {
                    if (!source.equals(byId.get(id))) {
                        changes.add(source);
                    }
                });
        byId = now;
        return changes;
    }
}
