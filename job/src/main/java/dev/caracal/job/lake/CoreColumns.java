package dev.caracal.job.lake;

import dev.caracal.parsers.indicator.Indicator;
import java.util.Arrays;
import java.util.List;

/** Columns that every table of events begins with, and the one it ends with. */
public final class CoreColumns {

    public static final String EVENT_TIME = "p_event_time";
    public static final String PARSE_TIME = "p_parse_time";
    public static final String LOG_TYPE = "p_log_type";
    public static final String ROW_ID = "p_row_id";

    /**
     * JSON of what has no column, by path: members that the schema does not list, and values that
     * do not fit their column.
     */
    public static final String UNMAPPED = "p_unmapped";

    public static final String SOURCE_ID = "p_source_id";

    static final List<String> TEXTS = List.of(LOG_TYPE, ROW_ID, SOURCE_ID, "p_source_label");

    private static final List<String> INDICATORS =
            Arrays.stream(Indicator.values()).map(Indicator::fieldName).toList();

    private CoreColumns() {}

    /** Lists of text: {@code p_any_ip_addresses} and so on. */
    public static List<String> indicators() {
        return INDICATORS;
    }
}
