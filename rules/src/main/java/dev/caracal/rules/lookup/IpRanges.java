package dev.caracal.rules.lookup;

import java.util.Arrays;

/**
 * Ranges of addresses of one version, which may lie within each other, on their way to segments
 * that do not.
 */
final class IpRanges {

    private final boolean v4;
    private long[] highs;
    private long[] lows = new long[64];
    private byte[] lengths = new byte[64];
    private int[] rows = new int[64];
    private int size;

    IpRanges(boolean v4) {
        this.v4 = v4;
        this.highs = new long[v4 ? 0 : 64];
    }

    /** Takes segments in the order of their first addresses. */
    interface Segments {

        /**
         * @param row 0 if nothing is known of the addresses up to the next segment
         */
        void add(long high, long low, int row);
    }

    void add(IpPrefix prefix, int row) {
        if (size == lows.length) {
            int capacity = size + (size >> 1);
            highs = v4 ? highs : Arrays.copyOf(highs, capacity);
            lows = Arrays.copyOf(lows, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            rows = Arrays.copyOf(rows, capacity);
        }
        if (!v4) {
            highs[size] = prefix.high();
        }
        lows[size] = prefix.low();
        lengths[size] = (byte) prefix.length();
        rows[size++] = row;
    }

    int size() {
        return size;
    }

    /** Each segment has the row of the smallest range around it; of two equal ranges the later. */
    void flatten(Segments segments) {
        int[] order = order();
        int[] open = new int[130];
        int depth = 0;
        for (int range : order) {
            while (depth > 0 && !contains(open[depth - 1], range)) {
                depth = close(open, depth, segments);
            }
            if (depth > 0 && lengths[open[depth - 1]] == lengths[range]) {
                depth--;
            }
            segments.add(high(range), lows[range], rows[range]);
            open[depth++] = range;
        }
        while (depth > 0) {
            depth = close(open, depth, segments);
        }
    }

    /** Goes back to the range around the innermost one, if there are addresses after it. */
    private int close(int[] open, int depth, Segments segments) {
        int range = open[depth - 1];
        int common = v4 ? length(range) + 96 : length(range);
        long low = (lows[range] | ~IpPrefix.mask(Math.max(common - 64, 0))) + 1;
        long high = high(range) | (v4 ? 0 : ~IpPrefix.mask(Math.min(common, 64)));
        if (low == 0) {
            high++;
        }
        boolean last = v4 ? low == 1L << 32 : high == 0 && low == 0;
        if (!last) {
            segments.add(high, low, depth > 1 ? rows[open[depth - 2]] : 0);
        }
        return depth - 1;
    }

    private boolean contains(int outer, int inner) {
        int common = v4 ? length(outer) + 96 : length(outer);
        return ((high(outer) ^ high(inner)) & IpPrefix.mask(Math.min(common, 64))) == 0
                && ((lows[outer] ^ lows[inner]) & IpPrefix.mask(Math.max(common - 64, 0))) == 0;
    }

    private long high(int range) {
        return v4 ? 0 : highs[range];
    }

    private int length(int range) {
        return lengths[range] & 0xff;
    }

    /** By first address, wider ranges first, then as added: a merge sort that leaves runs alone. */
    private int[] order() {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        sort(order, new int[size], 0, size);
        return order;
    }

    private void sort(int[] order, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, spare, from, middle);
        sort(order, spare, middle, to);
        if (compare(order[middle - 1], order[middle]) <= 0) {
            return;
        }
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        for (int i = from; left < middle; i++) {
            boolean takeRight = right < to && compare(spare[left], order[right]) > 0;
            order[i] = takeRight ? order[right++] : spare[left++];
        }
    }

    private int compare(int one, int other) {
        int byHigh = Long.compareUnsigned(high(one), high(other));
        if (byHigh != 0) {
            return byHigh;
        }
        int byLow = Long.compareUnsigned(lows[one], lows[other]);
        return byLow != 0 ? byLow : Integer.compare(length(one), length(other));
    }
}
