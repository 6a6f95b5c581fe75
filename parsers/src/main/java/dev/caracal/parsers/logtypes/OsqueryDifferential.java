package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.ObjectFields;
import dev.caracal.parsers.indicator.IndicatorSet;
import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.JsonVisitor;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Osquery.Differential: the addresses in the columns of the row that came or went, by name. */
final class OsqueryDifferential implements JsonVisitor {

    private record Column(byte[] name, Scanner scanner) {

        private static Column of(String name, Scanner scanner) {
            return new Column(name.getBytes(StandardCharsets.US_ASCII), scanner);
        }
    }

    private static final List<Column> COLUMNS =
            List.of(
                    Column.of("local_address", Scanner.IP),
                    Column.of("remote_address", Scanner.IP),
                    Column.of("address", Scanner.IP),
                    Column.of("host_ip", Scanner.IP),
                    Column.of("ipv4_address", Scanner.IP),
                    Column.of("host", Scanner.HOSTNAME));

    private final ObjectFields record;
    private final Member columns;
    private final IndicatorSet found;
    private int depth;

    private OsqueryDifferential(ObjectFields record) {
        this.record = record;
        this.columns = record.field("columns");
        this.found = record.indicators();
    }

    static void extend(JsonRecordParser parser) {
        OsqueryDifferential differential = new OsqueryDifferential(parser.fields());
        differential.record.onRead(differential::readColumns);
    }

    private void readColumns() throws MismatchException {
        depth = 0;
        record.visit(columns, this);
    }

    @Override
    public void beginObject(int keyStart, int keyEnd) {
        depth++;
    }

    @Override
    public void endObject() {
        depth--;
    }

    @Override
    public void string(JsonCursor cursor, int keyStart, int keyEnd) {
        if (depth != 1) {
            return;
        }
        for (Column column : COLUMNS) {
            byte[] name = column.name();
            if (Arrays.equals(name, 0, name.length, cursor.bytes(), keyStart, keyEnd)) {
                JsonText text = cursor.text();
                column.scanner().scan(text.bytes(), text.offset(), text.length(), found);
            }
        }
    }
}
