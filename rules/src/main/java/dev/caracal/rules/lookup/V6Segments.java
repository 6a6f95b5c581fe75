package dev.caracal.rules.lookup;

import java.util.Arrays;

/** IPv6 addresses cut into segments: 20 bytes for each. */
final class V6Segments implements IpRanges.Segments {

    private long[] highs;
    private long[] lows;
    private int[] rows;
    private int size;

    V6Segments(int ranges) {
        highs = new long[ranges];
        lows = new long[ranges];
        rows = new int[ranges];
    }

    @Override
    public void add(long high, long low, int row) {
        if (size > 0 && highs[size - 1] == high && lows[size - 1] == low) {
            rows[size - 1] = row;
            return;
        }
        if (size == rows.length) {
            resize(size + (size >> 1) + 4);
        }
        highs[size] = high;
        lows[size] = low;
        rows[size++] = row;
    }

    void trim() {
        resize(size);
    }

    private void resize(int capacity) {
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        rows = Arrays.copyOf(rows, capacity);
    }

    int find(IpNumber address) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (startsAfter(middle, address)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from == 0 ? 0 : rows[from - 1];
    }

    private boolean startsAfter(int segment, IpNumber address) {
        int byHigh = Long.compareUnsigned(highs[segment], address.high());
        return byHigh > 0
                || (byHigh == 0 && Long.compareUnsigned(lows[segment], address.low()) > 0);
    }
}
