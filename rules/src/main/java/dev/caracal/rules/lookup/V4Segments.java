package dev.caracal.rules.lookup;

import java.util.Arrays;

/** IPv4 addresses cut into segments: 8 bytes for each. */
final class V4Segments implements IpRanges.Segments {

    /** First addresses, with the sign bit flipped so that they sort as signed numbers do. */
    private int[] starts;

    private int[] rows;
    private int size;

    V4Segments(int ranges) {
        starts = new int[ranges];
        rows = new int[ranges];
    }

    @Override
    public void add(long high, long low, int row) {
        int start = (int) low ^ Integer.MIN_VALUE;
        if (size > 0 && starts[size - 1] == start) {
            rows[size - 1] = row;
            return;
        }
        if (size == starts.length) {
            resize(size + (size >> 1) + 4);
        }
        starts[size] = start;
        rows[size++] = row;
    }

    void trim() {
        resize(size);
    }

    private void resize(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        rows = Arrays.copyOf(rows, capacity);
    }

    int find(IpNumber address) {
        int found = Arrays.binarySearch(starts, 0, size, (int) address.low() ^ Integer.MIN_VALUE);
        int segment = found >= 0 ? found : -found - 2;
        return segment < 0 ? 0 : rows[segment];
    }
}
