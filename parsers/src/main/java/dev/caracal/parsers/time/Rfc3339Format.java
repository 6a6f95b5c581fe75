package dev.caracal.parsers.time;

/**
 * RFC 3339: {@code 2023-05-02T05:20:28.123456Z} or with an offset such as {@code +02:00}. A blank
 * instead of {@code T} is accepted (RFC 3339, section 5.6), and digits beyond nanoseconds are cut.
 */
record Rfc3339Format() implements TimeFormat {

    @Override
    public String name() {
        return "rfc3339";
    }

    @Override
    public boolean parse(byte[] bytes, int offset, int length, Timestamp result) {
        if (length < 20) {
            return false;
        }
        int year = Digits.read(bytes, offset, 4);
        int month = Digits.read(bytes, offset + 5, 2);
        int day = Digits.read(bytes, offset + 8, 2);
        int hour = Digits.read(bytes, offset + 11, 2);
        int minute = Digits.read(bytes, offset + 14, 2);
        int second = Digits.read(bytes, offset + 17, 2);
        // Digits.read gives -1 for what is no number, which makes the sign bit of the union set.
        if ((year | month | day | hour | minute | second) < 0) {
            return false;
        }
        if (bytes[offset + 4] != '-' || bytes[offset + 7] != '-') {
            return false;
        }
        byte separator = bytes[offset + 10];
        if (separator != 'T' && separator != 't' && separator != ' ') {
            return false;
        }
        if (bytes[offset + 13] != ':' || bytes[offset + 16] != ':') {
            return false;
        }
        int end = offset + length;
        int position = offset + 19;
        int nanos = 0;
        if (bytes[position] == '.') {
            int digits = Digits.count(bytes, position + 1, end);
            if (digits == 0) {
                return false;
            }
            nanos = Digits.fraction(bytes, position + 1, digits);
            position += 1 + digits;
        }
        int zone = zone(bytes, position, end);
        return zone != Digits.NONE
                && result.setCivil(year, month, day, hour, minute, second, nanos, zone);
    }

    private static int zone(byte[] bytes, int position, int end) {
        if (position == end - 1 && (bytes[position] == 'Z' || bytes[position] == 'z')) {
            return 0;
        }
        if (position != end - 6 || bytes[position + 3] != ':') {
            return Digits.NONE;
        }
        return Digits.offset(
                bytes[position],
                Digits.read(bytes, position + 1, 2),
                Digits.read(bytes, position + 4, 2));
    }
}
