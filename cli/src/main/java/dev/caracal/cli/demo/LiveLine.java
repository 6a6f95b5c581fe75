package dev.caracal.cli.demo;

import dev.caracal.cli.flink.FlinkMetrics;
import dev.caracal.parsers.LogTypes;
import java.io.IOException;
import java.util.Map;
import java.util.StringJoiner;

/** What the job has done so far, in one line, as its metrics tell. */
final class LiveLine {

    private static final String PARSED = "ParseFunction.caracal.";
    private static final String DEAD_LETTERS = "DeadLetterSink__Writer.numRecordsIn";

    private final FlinkMetrics metrics;
    private final AlertInbox alerts;

    LiveLine(FlinkMetrics metrics, AlertInbox alerts) {
        this.metrics = metrics;
        this.alerts = alerts;
    }

    /** Empty while the dashboard does not answer, as during a restart of the job. */
    String read() throws InterruptedException {
        try {
            return line(metrics.sums(name -> name.startsWith(PARSED) || name.equals(DEAD_LETTERS)));
        } catch (IOException e) {
            return "";
        }
    }

    private String line(Map<String, Long> sums) {
        StringJoiner events = new StringJoiner(", ");
        for (String logType : LogTypes.builtin().names()) {
            // Flink's metric names have an underscore for each dot of a name.
            String metric = PARSED + "logType." + logType.replace('.', '_') + ".events";
            long count = sums.getOrDefault(metric, 0L);
            if (count > 0) {
                events.add(logType + ' ' + count);
            }
        }
        long alertCount =
                alerts.tally().alerts().values().stream().mapToLong(Long::longValue).sum();
        return "objects "
                + sums.getOrDefault(PARSED + "objects", 0L)
                + " | records "
                + sums.getOrDefault(PARSED + "records", 0L)
                + " | events "
                + (events.length() == 0 ? "0" : events)
                + " | alerts "
                + alertCount
                + " | dead letters "
                + sums.getOrDefault(DEAD_LETTERS, 0L);
    }
}
