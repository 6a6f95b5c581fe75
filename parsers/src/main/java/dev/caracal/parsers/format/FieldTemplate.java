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

    private static final int NO_FIELD = -1;

    /** A literal text, and the field that follows it. */
    private record Part(byte[] text, int field) {}

    private final int target;
    private final List<Part> parts = new ArrayList<>();

    /**
     * @param target the field of the row that takes the result
     */
    FieldTemplate(int target, String template, TextRow row) {
        this.target = target;
        int position = 0;
        while (true) {
            int start = template.indexOf("%{", position);
            int end = start < 0 ? -1 : template.indexOf('}', start);
            if (end < 0) {
                parts.add(part(template.substring(position), NO_FIELD));
                return;
            }
            String name = template.substring(start + 2, end);
            parts.add(part(template.substring(position, start), row.indexOf(name)));
            position = end + 1;
        }
    }

    private static Part part(String text, int field) {
        return new Part(text.getBytes(StandardCharsets.UTF_8), field);
    }

    int target() {
        return target;
    }

    byte[] expand(TextRow row) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        for (Part part : parts) {
            result.writeBytes(part.text);
            if (part.field != NO_FIELD && row.has(part.field)) {
                result.write(row.bytes(part.field), row.offset(part.field), row.length(part.field));
            }
        }
        return result.toByteArray();
    }
}
