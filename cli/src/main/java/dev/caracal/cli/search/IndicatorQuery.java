package dev.caracal.cli.search;

import dev.caracal.job.lake.CoreColumns;
import dev.caracal.job.lake.FindingTables;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Events, of any log type, that hold a value in one of their indicator fields, and the alerts that
 * they belong to.
 */
final class IndicatorQuery {

    private IndicatorQuery() {}

    /**
     * @param tables not empty
     * @param matches whether rule matches can be asked, too
     * @param whole whether each row has its event too, as JSON
     */
    static String of(String indicator, List<String> tables, boolean matches, boolean whole) {
        String value = ColumnType.text(indicator);
        String found =
                CoreColumns.indicators().stream()
                        .map(field -> "list_contains(" + field + ", " + value + ")")
                        .collect(Collectors.joining(" OR "));
        String fields =
                CoreColumns.indicators().stream()
                        .map(
                                field ->
                                        "CASE WHEN list_contains("
                                                + field
                                                + ", "
                                                + value
                                                + ") THEN '"
                                                + field
                                                + "' END")
                        .collect(Collectors.joining(", "));
        String events =
                tables.stream()
                        .map(
                                table ->
                                        "SELECT p_event_time, p_log_type, concat_ws(', ', "
                                                + fields
                                                + ") AS found_in, p_source_label, p_row_id"
                                                + (whole ? ", to_json(t) AS event" : "")
                                                + " FROM "
                                                + ColumnType.quote(table)
                                                + " t WHERE "
                                                + found)
                        .collect(Collectors.joining(" UNION ALL "));
        return "SELECT p_event_time, p_log_type, found_in, p_source_label, p_row_id, alerts"
                + (whole ? ", event" : "")
                + " FROM ("
                + events
                + ") LEFT JOIN ("
                + alerts(found, matches)
                + ") USING (p_row_id) ORDER BY p_event_time DESC";
    }

    /** By event: the beginning of each alert's id, as {@code caracal alerts} shows it. */
    private static String alerts(String found, boolean matches) {
        if (!matches) {
            return "SELECT NULL::VARCHAR AS p_row_id, NULL::VARCHAR AS alerts LIMIT 0";
        }
        return "SELECT p_row_id, string_agg(DISTINCT p_rule_id || ' ' || left(p_alert_id, 12), ', ')"
                + " AS alerts FROM "
                + FindingTables.RULE_MATCHES
                + " WHERE "
                + found
                + " GROUP BY p_row_id";
    }
}
