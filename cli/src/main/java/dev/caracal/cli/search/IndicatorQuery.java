package dev.caracal.cli.search;

import dev.caracal.job.lake.CoreColumns;
import java.util.List;
import java.util.stream.Collectors;

/** Events, of any log type, that hold a value in one of their indicator fields. */
final class IndicatorQuery {

    private IndicatorQuery() {}

    /**
     * @param tables not empty
     * @param whole whether each row has its event too, as JSON
     */
    static String of(String indicator, List<String> tables, boolean whole) {
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
        return tables.stream()
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
                .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY p_event_time DESC"));
    }
}
