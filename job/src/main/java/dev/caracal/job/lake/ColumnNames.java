package dev.caracal.job.lake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds columns by name in JSON, without making strings. */
final class ColumnNames {

    private final byte[][] names;
    private final int[] table;
    private final int mask;

    ColumnNames(List<String> columns) {
        names = new byte[columns.size()][];
        table = new int[Integer.highestOneBit(Math.max(4, columns.size() * 4))];
        mask = table.length - 1;
        Arrays.fill(table, -1);
        for (int i = 0; i < names.length; i++) {
            names[i] = columns.get(i).getBytes(StandardCharsets.UTF_8);
            int slot = hash(names[i], 0, names[i].length) & mask;
            while (table[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = i;
        }
    }

    /**
     * Index of the column, or -1.
     *
     * @param guess where it is, most likely
     */
    int find(byte[] bytes, int start, int end, int guess) {
        if (guess < names.length && equals(names[guess], bytes, start, end)) {
            return guess;
        }
        int slot = hash(bytes, start, end) & mask;
        while (table[slot] >= 0) {
            if (equals(names[table[slot]], bytes, start, end)) {
                return table[slot];
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private static boolean equals(byte[] name, byte[] bytes, int start, int end) {
        return Arrays.equals(name, 0, name.length, bytes, start, end);
    }

    private static int hash(byte[] bytes, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ (hash >>> 15);
    }
}
