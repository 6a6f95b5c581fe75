package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RowSplitter;
import dev.caracal.parsers.format.TextEvent;

/** Writes lists of texts from the columns of a row. */
record ColumnLists(TextEvent event, RowSplitter row) {

    /** The parts of one column, without the blanks around them. */
    void writeSplit(Member list, int column, char separator) {
        byte[] bytes = row.bytes(column);
        int start = row.offset(column);
        int end = start + row.length(column);
        event.beginList(list);
        for (int i = start; i <= end; i++) {
            if (i == end || bytes[i] == separator) {
                element(bytes, start, i);
                start = i + 1;
            }
        }
        event.endList();
    }

    private void element(byte[] bytes, int offset, int end) {
        int start = offset;
        int stop = end;
        while (start < stop && bytes[start] == ' ') {
            start++;
        }
        while (stop > start && bytes[stop - 1] == ' ') {
            stop--;
        }
        event.element(bytes, start, stop - start);
    }

    /** The columns from {@code first} on, if there are any. */
    void writeRest(Member list, int first) {
        if (row.count() <= first) {
            return;
        }
        event.beginList(list);
        for (int i = first; i < row.count(); i++) {
            event.element(row.bytes(i), row.offset(i), row.length(i));
        }
        event.endList();
    }
}
