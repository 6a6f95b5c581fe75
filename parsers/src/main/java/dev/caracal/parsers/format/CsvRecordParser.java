package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.ParserSpec;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records that are rows of delimited text, as a schema's {@code csv} parser describes them.
 *
 * <p>A column that the schema has no field for is kept as text under its own name. Rows may have
 * fewer columns than there are names, but not more.
 */
public final class CsvRecordParser implements RecordParser {

    private final ParserSpec.Csv spec;
    private final TextEvent event;
    private final RowSplitter splitter;
    private final byte[] skipPrefix;
    private final List<byte[]> emptyValues;
    private final List<FieldTemplate> templates;

    private byte[] header = new byte[0];
    private List<String> columns;

    public CsvRecordParser(ParserSpec.Csv spec, Schema schema, EventBuilder builder) {
        this.spec = spec;
        this.event = TextEvent.strict(schema, builder);
        this.splitter = new RowSplitter(spec.delimiter());
        this.skipPrefix = spec.skipPrefix().getBytes(StandardCharsets.UTF_8);
        this.emptyValues =
                spec.emptyValues().stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList();
        this.templates =
                spec.expandFields().entrySet().stream()
                        .map(e -> new FieldTemplate(e.getKey(), e.getValue()))
                        .toList();
        this.columns = spec.columns();
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        if (startsWith(skipPrefix, buffer, offset, length)) {
            return;
        }
        if (spec.hasHeader()) {
            readHeader(context.header());
            if (Arrays.equals(header, 0, header.length, buffer, offset, offset + length)) {
                return;
            }
        }
        splitter.split(buffer, offset, length);
        if (splitter.count() > columns.size()) {
            throw new MismatchException(
                    "expected at most " + columns.size() + " columns, found " + splitter.count());
        }
        event.begin();
        for (int i = 0; i < splitter.count(); i++) {
            column(i);
        }
        for (FieldTemplate template : templates) {
            byte[] expanded = template.expand(columns, splitter);
            if (expanded.length > 0 && !isEmptyValue(expanded, 0, expanded.length)) {
                write(template.name(), expanded, 0, expanded.length);
            }
        }
        event.end(context);
    }

    private void column(int column) throws MismatchException {
        if (spec.trimSpace()) {
            splitter.trim(column);
        }
        byte[] bytes = splitter.bytes(column);
        int offset = splitter.offset(column);
        int length = splitter.length(column);
        if (isEmptyValue(bytes, offset, length)) {
            splitter.drop(column);
            return;
        }
        write(columns.get(column), bytes, offset, length);
    }

    private boolean isEmptyValue(byte[] bytes, int offset, int length) {
        for (byte[] empty : emptyValues) {
            if (Arrays.equals(empty, 0, empty.length, bytes, offset, offset + length)) {
                return true;
            }
        }
        return false;
    }

    private void write(String column, byte[] bytes, int offset, int length)
            throws MismatchException {
        Member member = event.find(column);
        if (member == null) {
            event.writeOther(column, bytes, offset, length);
        } else {
            event.write(member, bytes, offset, length);
        }
    }

    private void readHeader(byte[] newHeader) throws MismatchException {
        if (newHeader.length == 0) {
            throw new MismatchException("expected a header as the object's first record");
        }
        if (Arrays.equals(header, newHeader)) {
            return;
        }
        header = newHeader.clone();
        if (!spec.columns().isEmpty()) {
            return;
        }
        splitter.split(header, 0, header.length);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < splitter.count(); i++) {
            names.add(
                    new String(
                                    splitter.bytes(i),
                                    splitter.offset(i),
                                    splitter.length(i),
                                    StandardCharsets.UTF_8)
                            .strip());
        }
        columns = names;
    }

    private static boolean startsWith(byte[] prefix, byte[] buffer, int offset, int length) {
        return prefix.length > 0
                && length >= prefix.length
                && Arrays.equals(prefix, 0, prefix.length, buffer, offset, offset + prefix.length);
    }
}
