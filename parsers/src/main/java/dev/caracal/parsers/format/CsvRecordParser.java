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
 * Records that are rows of delimited text, as a schema's {@code csv} parser describes them. Rows
 * may have fewer columns than there are names, but not more.
 */
public final class CsvRecordParser implements RecordParser {

    private static final byte[] NO_HEADER = {};

    private final ParserSpec.Csv spec;
    private final TextRows rows;
    private final RowSplitter splitter;

    /** What the context gave, and the line of it that is the header. */
    private byte[] preamble = NO_HEADER;

    private byte[] header = NO_HEADER;
    private int columns;
    private TextRow row;

    public CsvRecordParser(ParserSpec.Csv spec, Schema schema, EventBuilder builder) {
        this.spec = spec;
        this.rows = new TextRows(spec.options(), schema, builder);
        this.splitter = new RowSplitter(spec.delimiter());
        this.columns = spec.columns().size();
        this.row = rows.row(spec.columns());
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        if (rows.skips(buffer, offset, length, context)) {
            return;
        }
        if (spec.hasHeader()) {
            readHeader(context.header());
            if (Arrays.equals(header, 0, header.length, buffer, offset, offset + length)) {
                return;
            }
        }
        splitter.split(buffer, offset, length);
        if (splitter.count() > columns) {
            throw new MismatchException(
                    "expected at most " + columns + " columns, found " + splitter.count());
        }
        row.clear();
        for (int i = 0; i < splitter.count(); i++) {
            row.set(i, splitter.bytes(i), splitter.offset(i), splitter.length(i));
        }
        rows.write(row, context);
    }

    private void readHeader(byte[] newPreamble) throws MismatchException {
        if (header.length > 0 && Arrays.equals(preamble, newPreamble)) {
            return;
        }
        header = firstRow(newPreamble);
        if (header.length == 0) {
            throw new MismatchException(
                    newPreamble.length == 0
                            ? "expected a header as the object's first record"
                            : "expected a header before any row, found only comments");
        }
        preamble = newPreamble.clone();
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
        columns = names.size();
        row = rows.row(names);
    }

    /** The first row that is no comment, line ends in quotes included; empty if there is none. */
    private byte[] firstRow(byte[] lines) {
        int start = 0;
        while (start < lines.length) {
            boolean comment = rows.isComment(lines, start, lines.length - start);
            int end = endOfLine(lines, start, !comment);
            if (end > start && !comment) {
                return Arrays.copyOfRange(lines, start, end);
            }
            start = end + 1;
        }
        return NO_HEADER;
    }

    private static int endOfLine(byte[] lines, int start, boolean mayQuote) {
        boolean quoted = false;
        int end = start;
        while (end < lines.length && (quoted || lines[end] != '\n')) {
            quoted ^= mayQuote && lines[end] == '"';
            end++;
        }
        return end;
    }
}
