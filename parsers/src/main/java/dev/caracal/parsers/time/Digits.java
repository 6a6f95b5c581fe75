package dev.caracal.parsers.time;

/** Decimal digits in a byte array. */
final class Digits {

    /** No zone offset could be read; no real offset has this value. */
    static final int NONE = Integer.MIN_VALUE;

    private Digits() {}

    /** The number that exactly {@code count} digits name, or -1. */
    static int read(byte[] bytes, int offset, int count) {
        int value = 0;
        for (int i = offset; i < offset + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** How many digits follow from {@code offset}. */
    static int count(byte[] bytes, int offset, int end) {
        int position = offset;
        while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
            position++;
        }
        return position - offset;
    }

    /** The nanoseconds that the digits of a decimal fraction of a second name. */
    static int fraction(byte[] bytes, int offset, int count) {
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            nanos = nanos * 10 + (i < count ? bytes[offset + i] - '0' : 0);
        }
        return nanos;
    }

    /** Seconds east of UTC, or {@link #NONE}. */
    static int offset(byte sign, int hours, int minutes) {
        if ((sign != '+' && sign != '-')
                || hours < 0
                || hours > 23
                || minutes < 0
                || minutes > 59) {
            return NONE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }
}
