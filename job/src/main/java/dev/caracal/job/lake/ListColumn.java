package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import java.util.Arrays;
import org.apache.flink.table.data.GenericArrayData;
import org.jspecify.annotations.Nullable;

/** A list; an element that does not fit is null. */
final class ListColumn implements Column {

    private final Column element;
    private final UnmappedMembers unmapped;

    ListColumn(Column element, UnmappedMembers unmapped) {
        this.element = element;
        this.unmapped = unmapped;
    }

    @Override
    public Object read(JsonCursor cursor) throws MismatchException {
        if (cursor.peek() != '[') {
            return MISFIT;
        }
        @Nullable Object[] values = new @Nullable Object[4];
        int size = 0;
        if (cursor.enter('[', ']')) {
            unmapped.enterList();
            do {
                unmapped.nextElement();
                if (size == values.length) {
                    values = Arrays.copyOf(values, 2 * size);
                }
                values[size++] = StructColumn.value(element, cursor, unmapped);
            } while (cursor.next(']'));
            unmapped.leave();
        }
        return new GenericArrayData(Arrays.copyOf(values, size));
    }
}
