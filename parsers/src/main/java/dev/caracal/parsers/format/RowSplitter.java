package dev.caracal.parsers.format;

import java.util.Arrays;

/**
 * Splits a row of delimited text into columns.
 *
 * <p>A column that begins with {@code "} ends at a {@code "} before a delimiter or the end; a pair
 * {@code ""} in it stands for one. Any other quote is an ordinary character, so that no row is
 * without a reading.
 */
public final class RowSplitter {

    private static final int INITIAL = 64;

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
            if (p < end && buffer[p] == '"') {
                p = quoted(p + 1, end);
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

    /** Adds the quoted column whose content starts at {@code start}; where it ends. */
    private int quoted(int start, int end) {
        boolean doubled = false;
        int p = start;
        int close = end;
        while (p < end) {
            if (row[p] != '"') {
                p++;
            } else if (p + 1 == end || row[p + 1] == delimiter) {
                close = p;
                p++;
                break;
            } else if (row[p + 1] == '"') {
                doubled = true;
                p += 2;
            } else {
                p++;
            }
        }
        if (doubled) {
            addUnquoted(start, close);
        } else {
            add(start, close - start);
        }
        return p;
    }

    /** A negative offset points into the text without doubled quotes. */
    private void addUnquoted(int start, int end) {
        if (unquoted.length < unquotedLength + end - start) {
            unquoted = Arrays.copyOf(unquoted, unquotedLength + (end - start) * 2);
        }
        int from = unquotedLength;
        for (int p = start; p < end; p++) {
            unquoted[unquotedLength++] = row[p];
            if (row[p] == '"' && p + 1 < end && row[p + 1] == '"') {
                p++;
            }
        }
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
