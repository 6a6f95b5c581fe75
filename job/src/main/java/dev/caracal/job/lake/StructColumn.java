package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.jspecify.annotations.Nullable;

/** An object, or a whole row; of members with one name the first counts. */
final class StructColumn implements Column {

    private final String[] names;
    private final ColumnNames index;
    private final Column[] columns;
    private final UnmappedMembers unmapped;

    StructColumn(List<String> names, List<Column> columns, UnmappedMembers unmapped) {
        this.names = names.toArray(new String[0]);
        this.index = new ColumnNames(names);
        this.columns = columns.toArray(new Column[0]);
        this.unmapped = unmapped;
    }

    @Override
    public Object read(JsonCursor cursor) throws MismatchException {
        if (cursor.peek() != '{') {
            return MISFIT;
        }
        GenericRowData row = new GenericRowData(columns.length);
        if (!cursor.enter('{', '}')) {
            return row;
        }
        byte[] bytes = cursor.bytes();
        int next = 0;
        do {
            cursor.readString();
            int keyStart = cursor.tokenStart();
            int keyEnd = cursor.tokenEnd();
            cursor.expect(':');
            cursor.peek();
            int i = index.find(bytes, keyStart, keyEnd, next);
            if (i < 0 || row.getField(i) != null) {
                unlisted(cursor, keyStart, keyEnd);
                continue;
            }
            unmapped.enter(names[i]);
            row.setField(i, value(columns[i], cursor, unmapped));
            unmapped.leave();
            next = i + 1;
        } while (cursor.next('}'));
        return row;
    }

    /** The value that starts here; null, and noted as unmapped, if it does not fit. */
    static @Nullable Object value(Column column, JsonCursor cursor, UnmappedMembers unmapped)
            throws MismatchException {
        if (cursor.peek() == 'n') {
            cursor.readLiteral("null");
            return null;
        }
        int start = cursor.position();
        Object value = column.read(cursor);
        if (value != MISFIT) {
            return value;
        }
        cursor.moveTo(start);
        cursor.skip();
        unmapped.add(cursor.bytes(), start, cursor.position());
        return null;
    }

    private void unlisted(JsonCursor cursor, int keyStart, int keyEnd) throws MismatchException {
        int start = cursor.position();
        cursor.skip();
        byte[] bytes = cursor.bytes();
        unmapped.enter(new String(bytes, keyStart, keyEnd - keyStart, StandardCharsets.UTF_8));
        unmapped.add(bytes, start, cursor.position());
        unmapped.leave();
    }
}
