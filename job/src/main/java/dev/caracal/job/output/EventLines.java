package dev.caracal.job.output;

import dev.caracal.connectors.files.S3FileSink;
import dev.caracal.parsers.Event;
import java.util.Locale;

/** Events under {@code events/aws_cloudtrail/year=2026/month=11/day=24/hour=05}, by event time. */
public final class EventLines implements S3FileSink.Encoder<Event> {

    private static final long serialVersionUID = 1L;

    private static final long HOUR_MILLIS = 3_600_000;

    private transient String lastLogType = "";
    private transient long lastHour = Long.MIN_VALUE;
    private transient String lastPartition = "";

    @Override
    public String partition(Event event) {
        long hour = Math.floorDiv(event.eventTimeMillis(), HOUR_MILLIS);
        if (hour != lastHour || !event.logType().equals(lastLogType)) {
            lastHour = hour;
            lastLogType = event.logType();
            lastPartition =
                    "events/"
                            + table(event.logType())
                            + '/'
                            + DatePartition.hour(event.eventTimeMillis());
        }
        return lastPartition;
    }

    @Override
    public byte[] line(Event event) {
        return event.json();
    }

    /** The log type as a name for tables: {@code AWS.CloudTrail} is {@code aws_cloudtrail}. */
    static String table(String logType) {
        return logType.toLowerCase(Locale.ROOT).replace('.', '_');
    }
}
