package dev.caracal.parsers.indicator;

import java.util.Arrays;

/** The bytes of all values of an {@link IndicatorSet}, one after another. */
final class IndicatorPool {

    private static final int INITIAL = 4 << 10;
    private static final int MAX_KEPT = 1 << 20;

    private byte[] bytes = new byte[INITIAL];
    private int length;

    void clear() {
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[INITIAL];
        }
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the copy of the slice starts. */
    int add(byte[] source, int offset, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return length - count;
    }
}
