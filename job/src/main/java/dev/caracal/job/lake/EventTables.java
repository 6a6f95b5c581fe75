package dev.caracal.job.lake;

import dev.caracal.parsers.LogType;
import java.util.List;
import java.util.Locale;

/** The tables of events, one for each log type. */
public final class EventTables {

    private EventTables() {}

    /** The log type as a name for tables: {@code AWS.CloudTrail} is {@code aws_cloudtrail}. */
    public static String name(String logType) {
        return logType.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** What the columns of text of a log type's table hold. */
    public static TextColumns texts(LogType logType) {
        return of(logType).texts();
    }

    static TableShape of(LogType logType) {
        return shape(
                logType.name(), new TableShapeBuilder().core().fields(logType.schema().fields()));
    }

    /** The table of a log type whose schema is not known here, or no longer. */
    static TableShape unknown(String logType) {
        return shape(logType, new TableShapeBuilder().core().fields(List.of()));
    }

    private static TableShape shape(String logType, TableShapeBuilder columns) {
        return columns.unmapped()
                .build(name(logType), CoreColumns.EVENT_TIME, CoreColumns.PARSE_TIME);
    }
}
