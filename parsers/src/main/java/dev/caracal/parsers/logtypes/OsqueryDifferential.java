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
import java.util.LinkedHashMap;
import java.util.Map;

/** Osquery.Differential: the addresses in the columns of the row that came or went, by name. */
final class OsqueryDifferential implements JsonVisitor {

    /** Columns of osquery's tables. */
    private static final Map<byte[], Scanner> COLUMNS = new LinkedHashMap<>();

    static {
        for (String name :
                new String[] {
                    "local_address", "remote_address", "address", "host_ip", "ipv4_address"
                }) {
            COLUMNS.put(name.getBytes(StandardCharsets.US_ASCII), Scanner.IP);
        }
        COLUMNS.put("host".getBytes(StandardCharsets.US_ASCII), Scanner.HOSTNAME);
    }

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
        for (Map.Entry<byte[], Scanner> column : COLUMNS.entrySet()) {
            byte[] name = column.getKey();
            if (Arrays.equals(name, 0, name.length, cursor.bytes(), keyStart, keyEnd)) {
                JsonText text = cursor.text();
                column.getValue().scan(text.bytes(), text.offset(), text.length(), found);
            }
        }
    }
}
