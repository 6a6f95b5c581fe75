package dev.caracal.parsers.format;

import java.util.Arrays;

/**
 * Splits a row of delimited text into columns.
 *
 * <p>A column that begins with {@code "} ends at a {@code "} before a delimiter or the end; a pair
 * {@code ""} in it stands for one. Blanks before the opening and after the closing quote do not
 * count; where other text follows them and no such end comes before the next quoted column, the
 * text goes on up to the delimiter, as in {@code "a" b}. Any other quote is an ordinary character,
 * so that no row is without a reading.
 */
public final class RowSplitter {

    private static final int INITIAL = 64;
    private static final int NONE = -1;

    private final byte delimiter;
    private byte[] row = new byte[0];
    private byte[] unquoted = new byte[0];
    private int unquotedLength;

    private int count;
    private int[] offsets = new int[INITIAL];
    private int[] lengths = new int[INITIAL];

    public RowSplitter(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    public void split(byte[] buffer, int offset, int length) {
        row = buffer;
        count = 0;
        unquotedLength = 0;
        int end = offset + length;
        int p = offset;
        while (true) {
            int open = openingQuote(p, end);
            if (open >= 0) {
                p = quoted(open + 1, end);
            } else {
                int start = p;
                while (p < end && buffer[p] != delimiter) {
                    p++;
                }
                add(start, p - start);
            }
            if (p >= end) {
                return;
            }
            p++;
        }
    }

    /** Where the column that starts here has its opening quote, -1 if it has none. */
    private int openingQuote(int start, int end) {
        int p = start;
        while (p < end && row[p] == ' ' && delimiter != ' ') {
            p++;
        }
        return p < end && row[p] == '"' ? p : -1;
    }

    /** Adds the quoted column whose content starts at {@code start}; where it ends. */
    private int quoted(int start, int end) {
        boolean doubled = false;
        int closed = NONE;
        int p = start;
        while (p < end) {
            if (row[p] != '"') {
                if (closed >= 0 && row[p] == delimiter && p + 1 < end && row[p + 1] == '"') {
                    return goesOn(start, closed, end);
                }
                p++;
                continue;
            }
            int next = p + 1;
            if (next < end && row[next] == '"') {
                doubled = true;
                p += 2;
                continue;
            }
            while (next < end && row[next] == ' ' && delimiter != ' ') {
                next++;
            }
            if (next == end || row[next] == delimiter) {
                addQuoted(start, p, doubled);
                return next;
            }
            if (closed < 0 && next > p + 1) {
                closed = p;
            }
            p = next;
        }
        if (closed >= 0) {
            return goesOn(start, closed, end);
        }
        addQuoted(start, end, doubled);
        return end;
    }

    private void addQuoted(int start, int end, boolean doubled) {
        if (!doubled) {
            add(start, end - start);
            return;
        }
        int from = unquotedLength;
        appendUnquoted(start, end);
        addUnquoted(from);
    }

    /** Adds a column that goes on after its quotes, as {@code "a" b}, up to the delimiter. */
    private int goesOn(int start, int closed, int end) {
        int stop = closed;
        while (stop < end && row[stop] != delimiter) {
            stop++;
        }
        int from = unquotedLength;
        appendUnquoted(start, closed);
        int rest = stop - closed - 1;
        System.arraycopy(row, closed + 1, reserve(rest), unquotedLength, rest);
        unquotedLength += rest;
        addUnquoted(from);
        return stop;
    }

    private void appendUnquoted(int start, int end) {
        reserve(end - start);
        for (int p = start; p < end; p++) {
            unquoted[unquotedLength++] = row[p];
            if (row[p] == '"' && p + 1 < end && row[p + 1] == '"') {
                p++;
            }
        }
    }

    private byte[] reserve(int count) {
        if (unquoted.length < unquotedLength + count) {
            unquoted = Arrays.copyOf(unquoted, unquotedLength + count * 2);
        }
        return unquoted;
    }

    /** A negative offset points into the text without doubled quotes. */
    private void addUnquoted(int from) {
        add(-1 - from, unquotedLength - from);
    }

    private void add(int offset, int length) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        offsets[count] = offset;
        lengths[count++] = length;
    }

    public int count() {
        return count;
    }

    /** The array that holds the column. */
    public byte[] bytes(int column) {
        return offsets[column] < 0 ? unquoted : row;
    }

    public int offset(int column) {
        int offset = offsets[column];
        return offset < 0 ? -1 - offset : offset;
    }

    public int length(int column) {
        return lengths[column];
    }
}
