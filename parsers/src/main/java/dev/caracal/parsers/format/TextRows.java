package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.ParserSpec;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the rows that the csv, fastmatch and regex parsers fill, and writes them as events by the
 * options that those have in common.
 *
 * <p>A value that the schema has no field for is kept as text under its own name; one without a
 * name is passed over.
 */
final class TextRows {

    private final ParserSpec.TextOptions options;
    private final TextEvent event;
    private final byte[] skipPrefix;
    private final List<byte[]> emptyValues;

    TextRows(ParserSpec.TextOptions options, Schema schema, EventBuilder builder) {
        this.options = options;
        this.event = TextEvent.strict(schema, builder);
        this.skipPrefix = options.skipPrefix().getBytes(StandardCharsets.UTF_8);
        this.emptyValues =
                options.emptyValues().stream()
                        .map(v -> v.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }

    /** A row for fields of these names. */
    TextRow row(List<String> names) {
        return new TextRow(names, options.expandFields(), event);
    }

    /** Whether the record holds no event. */
    boolean skips(byte[] buffer, int offset, int length, RecordContext context) {
        return length == 0
                || context.recordIndex() < options.skipLines()
                || isComment(buffer, offset, length);
    }

    boolean isComment(byte[] buffer, int offset, int length) {
        int prefix = skipPrefix.length;
        return prefix > 0
                && length >= prefix
                && Arrays.equals(skipPrefix, 0, prefix, buffer, offset, offset + prefix);
    }

    /** Adds the event that the row's values make. */
    void write(TextRow row, RecordContext context) throws MismatchException {
        for (int field = 0; field < row.size(); field++) {
            clean(row, field);
        }
        for (FieldTemplate template : row.templates()) {
            byte[] value = template.expand(row);
            if (value.length > 0 && !isEmptyValue(value, 0, value.length)) {
                row.set(template.target(), value, 0, value.length);
            }
        }
        event.begin();
        for (int field = 0; field < row.size(); field++) {
            writeField(row, field);
        }
        event.end(context);
    }

    private void clean(TextRow row, int field) {
        if (!row.has(field)) {
            return;
        }
        if (options.trimSpace()) {
            row.trim(field);
        }
        if (isEmptyValue(row.bytes(field), row.offset(field), row.length(field))) {
            row.drop(field);
        }
    }

    private boolean isEmptyValue(byte[] bytes, int offset, int length) {
        for (byte[] empty : emptyValues) {
            if (Arrays.equals(empty, 0, empty.length, bytes, offset, offset + length)) {
                return true;
            }
        }
        return false;
    }

    private void writeField(TextRow row, int field) throws MismatchException {
        if (!row.has(field) || row.name(field).isEmpty()) {
            return;
        }
        byte[] bytes = row.bytes(field);
        Member member = row.member(field);
        if (member == null) {
            event.writeOther(row.name(field), bytes, row.offset(field), row.length(field));
        } else {
            event.write(member, bytes, row.offset(field), row.length(field));
        }
    }
}
