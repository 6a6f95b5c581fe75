package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.RowSplitter;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The CiscoUmbrella log types: comma-separated columns, all quoted.
 *
 * <p>Each version of the logs has added columns at the end; those after the known ones are kept in
 * {@code additionalFields}. Version 5 put the columns of proxy logs in another order; which one a
 * row has is told by the place of the verdict. The row of column names, which Umbrella writes at
 * the top of an object if asked to, holds no event.
 */
public final class CiscoUmbrellaParser implements RecordParser {

    private static final int WEB_VERDICT = CiscoUmbrellaColumns.WEB.indexOf("verdict");
    private static final int PROXY_STATUS_CODE = CiscoUmbrellaColumns.PROXY.indexOf("statusCode");

    private record Column(String name, Member member, CiscoUmbrellaColumns.Kind kind) {}

    private final TextEvent event;
    private final EventBuilder builder;
    private final RowSplitter row = new RowSplitter(',');
    private final ColumnLists lists;
    private final int minColumns;
    private final Column[] columns;
    private final Column[] webColumns;
    private final Member additionalFields;

    private CiscoUmbrellaParser(
            Schema schema,
            EventBuilder builder,
            int minColumns,
            List<String> names,
            List<String> webNames) {
        this.event = TextEvent.lenient(schema, builder);
        this.builder = builder;
        this.lists = new ColumnLists(event, row);
        this.minColumns = minColumns;
        this.columns = columns(names);
        this.webColumns = columns(webNames);
        this.additionalFields = event.member("additionalFields");
    }

    static CiscoUmbrellaParser dns(Schema schema, EventBuilder builder) {
        return new CiscoUmbrellaParser(schema, builder, 10, CiscoUmbrellaColumns.DNS, List.of());
    }

    static CiscoUmbrellaParser ip(Schema schema, EventBuilder builder) {
        return new CiscoUmbrellaParser(schema, builder, 8, CiscoUmbrellaColumns.IP, List.of());
    }

    static CiscoUmbrellaParser cloudFirewall(Schema schema, EventBuilder builder) {
        return new CiscoUmbrellaParser(
                schema, builder, 14, CiscoUmbrellaColumns.CLOUD_FIREWALL, List.of());
    }

    static CiscoUmbrellaParser proxy(Schema schema, EventBuilder builder) {
        return new CiscoUmbrellaParser(
                schema, builder, 22, CiscoUmbrellaColumns.PROXY, CiscoUmbrellaColumns.WEB);
    }

    private Column[] columns(List<String> names) {
        return names.stream()
                .map(n -> new Column(n, event.member(n), CiscoUmbrellaColumns.kind(n)))
                .toArray(Column[]::new);
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        TextRecords.refuseJson(buffer, offset, length);
        row.split(buffer, offset, length);
        if (row.count() < minColumns) {
            throw new MismatchException(
                    "expected at least " + minColumns + " columns, found " + row.count());
        }
        if (isColumnNames()) {
            return;
        }
        event.begin();
        Column[] layout = layout();
        int known = Math.min(row.count(), layout.length);
        for (int i = 0; i < known; i++) {
            if (!isAbsent(i)) {
                column(layout[i], i);
            }
        }
        lists.writeRest(additionalFields, layout.length);
        event.end(context);
    }

    private boolean isColumnNames() {
        int length = row.length(0);
        return length == CiscoUmbrellaColumns.TIMESTAMP.length()
                && new String(row.bytes(0), row.offset(0), length, StandardCharsets.UTF_8)
                        .equalsIgnoreCase(CiscoUmbrellaColumns.TIMESTAMP);
    }

    private Column[] layout() throws MismatchException {
        if (webColumns.length == 0) {
            return columns;
        }
        if (row.count() > columns.length && isVerdict(WEB_VERDICT)) {
            return webColumns;
        }
        checkStatusCode();
        return columns;
    }

    /** A word such as ALLOWED; before version 5 the column is a media type, which has a slash. */
    private boolean isVerdict(int column) {
        byte[] bytes = row.bytes(column);
        for (int i = row.offset(column); i < row.offset(column) + row.length(column); i++) {
            if (bytes[i] == '/') {
                return false;
            }
        }
        return row.length(column) > 0;
    }

    /** Cisco: before version 5 "should always be 200 or 201". */
    private void checkStatusCode() throws MismatchException {
        byte[] bytes = row.bytes(PROXY_STATUS_CODE);
        int offset = row.offset(PROXY_STATUS_CODE);
        int length = row.length(PROXY_STATUS_CODE);
        boolean valid =
                length == 3
                        && bytes[offset] == '2'
                        && bytes[offset + 1] == '0'
                        && (bytes[offset + 2] == '0' || bytes[offset + 2] == '1');
        if (!valid && !isAbsent(PROXY_STATUS_CODE)) {
            throw new MismatchException(
                    "statusCode: expected 200 or 201, found "
                            + MismatchException.excerpt(bytes, offset, length));
        }
    }

    private boolean isAbsent(int column) {
        return TextRecords.isAbsent(row.bytes(column), row.offset(column), row.length(column));
    }

    private void column(Column column, int index) throws MismatchException {
        byte[] bytes = row.bytes(index);
        int offset = row.offset(index);
        int length = row.length(index);
        switch (column.kind()) {
            case TEXT -> event.write(column.member(), bytes, offset, length);
            case LIST -> lists.writeSplit(column.member(), index, ',');
            case NUMBER -> {
                if (!isNumber(bytes, offset, offset + length)) {
                    throw new MismatchException(
                            column.name()
                                    + ": expected a number first, found "
                                    + MismatchException.excerpt(bytes, offset, length));
                }
                event.write(column.member(), bytes, offset, length);
            }
            case DOMAIN -> {
                event.write(column.member(), bytes, offset, length);
                boolean absolute = bytes[offset + length - 1] == '.';
                Scanner.DOMAIN.scan(
                        bytes, offset, absolute ? length - 1 : length, builder.indicators());
            }
        }
    }

    /** Digits up to the end or a blank. */
    private static boolean isNumber(byte[] bytes, int start, int end) {
        int p = start;
        while (p < end && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p > start && (p == end || bytes[p] == ' ');
    }
}
