package dev.caracal.parsers.json;

/** The number grammar of JSON. */
public final class JsonNumber {

    private JsonNumber() {}

    /** The length of the JSON number that starts at {@code start}, or 0 if none does. */
    public static int length(byte[] bytes, int start, int end) {
        int p = start;
        if (p < end && bytes[p] == '-') {
            p++;
        }
        int digits = digits(bytes, p, end);
        if (digits == 0 || (digits > 1 && bytes[p] == '0')) {
            return 0;
        }
        p += digits;
        if (p < end && bytes[p] == '.') {
            int fraction = digits(bytes, p + 1, end);
            if (fraction == 0) {
                return 0;
            }
            p += 1 + fraction;
        }
        if (p < end && (bytes[p] == 'e' || bytes[p] == 'E')) {
            p++;
            if (p < end && (bytes[p] == '+' || bytes[p] == '-')) {
                p++;
            }
            int exponent = digits(bytes, p, end);
            if (exponent == 0) {
                return 0;
            }
            p += exponent;
        }
        return p - start;
    }

    private static int digits(byte[] bytes, int start, int end) {
        int p = start;
        while (p < end && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p - start;
    }
}
