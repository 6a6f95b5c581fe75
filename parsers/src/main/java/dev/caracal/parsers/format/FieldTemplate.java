package dev.caracal.parsers.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A field put together from others, such as {@code %{date} %{time}}; a field that the record does
 * not have counts as empty.
 */
final class FieldTemplate {

    private final String name;

    /** Literal text and column names by turns, beginning with text. */
    private final List<String> parts = new ArrayList<>();

    FieldTemplate(String name, String template) {
        this.name = name;
        int position = 0;
        while (true) {
            int start = template.indexOf("%{", position);
            int end = start < 0 ? -1 : template.indexOf('}', start);
            if (end < 0) {
                parts.add(template.substring(position));
                return;
            }
            parts.add(template.substring(position, start));
            parts.add(template.substring(start + 2, end));
            position = end + 1;
        }
    }

    String name() {
        return name;
    }

    byte[] expand(List<String> columns, RowSplitter row) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            if (i % 2 == 0) {
                result.writeBytes(parts.get(i).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int column = columns.indexOf(parts.get(i));
            if (column >= 0 && column < row.count() && row.length(column) > 0) {
                result.write(row.bytes(column), row.offset(column), row.length(column));
            }
        }
        return result.toByteArray();
    }
}
