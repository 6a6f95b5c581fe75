package dev.caracal.job.parse;

import dev.caracal.job.health.SourceCount;
import dev.caracal.parsers.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of the records of one batch, by log type. */
final class BatchTally {

    private static final String REJECTED = "";

    private final Map<String, Tally> byLogType = new LinkedHashMap<>();
    private String lastLogType = REJECTED;
    private Tally last = new Tally();

    private static final class Tally {
        private long records;
        private long bytes;
        private long objects;
        private long events;
        private long lastEventMillis;
    }

    void accepted(String logType, int bytes, List<Event> events) {
        Tally tally = add(logType, bytes);
        tally.events += events.size();
        for (Event event : events) {
            tally.lastEventMillis = Math.max(tally.lastEventMillis, event.eventTimeMillis());
        }
    }

    void rejected(int bytes) {
        add(REJECTED, bytes);
    }

    /** An object ends; it counts for the log type of its last record. */
    void object(String logType) {
        tally(logType).objects++;
    }

    private Tally add(String logType, int bytes) {
        Tally tally = tally(logType);
        tally.records++;
        tally.bytes += bytes;
        return tally;
    }

    private Tally tally(String logType) {
        // Most batches have one log type.
        if (byLogType.isEmpty() || !lastLogType.equals(logType)) {
            lastLogType = logType;
            last = byLogType.computeIfAbsent(logType, unused -> new Tally());
        }
        return last;
    }

    List<SourceCount> counts(Route route) {
        List<SourceCount> counts = new ArrayList<>();
        byLogType.forEach(
                (logType, tally) ->
                        counts.add(
                                new SourceCount(
                                        route.sourceId(),
                                        route.sourceLabel(),
                                        logType,
                                        tally.records,
                                        tally.bytes,
                                        tally.objects,
                                        tally.events,
                                        tally.lastEventMillis)));
        return counts;
    }
}
