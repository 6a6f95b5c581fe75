package dev.caracal.parsers.time;

import java.nio.charset.StandardCharsets;

/**
 * Seconds since 1970-01-01T00:00:00Z as a double-precision number, with all the digits that such a
 * number has: what vendors hold as a double and print in decimal, such as Zeek.
 */
record UnixDoubleFormat() implements TimeFormat {

    private static final int MAX_LENGTH = 40;
    private static final long MAX_EXACT = 1L << 53;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    @Override
    public String name() {
        return "unix_double";
    }

    @Override
    public boolean parse(byte[] bytes, int offset, int length, Timestamp result) {
        if (length > MAX_LENGTH || !isNumeric(bytes, offset, length)) {
            return false;
        }
        double seconds = exact(bytes, offset, offset + length);
        if (Double.isNaN(seconds)) {
            seconds = decimal(bytes, offset, length);
        }
        double whole = Math.floor(seconds);
        return Math.abs(whole) <= Timestamp.MAX_SECONDS
                && result.set((long) whole, (int) ((seconds - whole) * 1e9));
    }

    /** Whether it has a digit, and nothing but what numbers are written with. */
    private static boolean isNumeric(byte[] bytes, int offset, int length) {
        boolean digit = false;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            digit |= b >= '0' && b <= '9';
            if (b != '.' && b != '-' && b != '+' && (b | 0x20) != 'e' && (b < '0' || b > '9')) {
                return false;
            }
        }
        return digit;
    }

    /** The common form, digits with a point: two exact numbers, whose quotient is rounded once. */
    private static double exact(byte[] bytes, int start, int end) {
        long digits = 0;
        int point = end;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '.' && point == end) {
                point = i + 1;
            } else if (b < '0' || b > '9' || digits >= MAX_EXACT / 10) {
                return Double.NaN;
            } else {
                digits = digits * 10 + b - '0';
            }
        }
        int decimals = end - point;
        return decimals < POWERS.length ? digits / POWERS[decimals] : Double.NaN;
    }

    private static double decimal(byte[] bytes, int offset, int length) {
        try {
            return Double.parseDouble(new String(bytes, offset, length, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
