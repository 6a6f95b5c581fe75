package dev.caracal.cli.logtypes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Fields as a table, without the columns that would be empty. */
final class FieldTable {

    private record Column(String title, Function<FieldRow, String> value) {}

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("field", FieldRow::path),
                    new Column("type", FieldRow::type),
                    new Column("required", row -> row.required() ? "yes" : ""),
                    new Column("indicators", row -> String.join(", ", row.indicators())),
                    new Column("description", FieldRow::description));

    /** The titles, then the rows. */
    private final List<List<String>> cells = new ArrayList<>();

    FieldTable(List<FieldRow> rows) {
        List<Column> columns =
                COLUMNS.stream()
                        .filter(
                                column ->
                                        rows.stream()
                                                .map(column.value())
                                                .anyMatch(value -> !value.isEmpty()))
                        .toList();
        cells.add(columns.stream().map(Column::title).toList());
        for (FieldRow row : rows) {
            cells.add(columns.stream().map(column -> column.value().apply(row)).toList());
        }
    }

    /** Columns as wide as their widest cell. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width =
                        cells.stream()
                                .mapToInt(other -> other.get(column).length())
                                .max()
                                .orElse(0);
                line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    /** A table in Markdown. */
    String markdown() {
        StringBuilder out = new StringBuilder();
        out.append(line(cells.get(0)));
        out.append("|---".repeat(cells.get(0).size())).append("|\n");
        for (List<String> row : cells.subList(1, cells.size())) {
            List<String> shown = new ArrayList<>(row);
            shown.set(0, '`' + row.get(0) + '`');
            out.append(line(shown));
        }
        return out.toString();
    }

    static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
