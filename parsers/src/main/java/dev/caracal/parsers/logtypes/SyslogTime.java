package dev.caracal.parsers.logtypes;

/**
 * Times as syslog has written them since BSD: {@code Oct 11 22:14:15}, the day with or without a
 * blank or zero before it. Devices add a year after the day, or a fraction of the second.
 */
final class SyslogTime {

    private SyslogTime() {}

    /** Where the time that begins at {@code start} ends, by its form alone; -1 if none does. */
    static int end(byte[] bytes, int start, int end) {
        int p = start + 3;
        if (p >= end || bytes[p] != ' ') {
            return -1;
        }
        p++;
        if (p < end && bytes[p] == ' ') {
            p++;
        }
        int day = digits(bytes, p, end);
        p += day;
        if (day < 1 || day > 2 || p >= end || bytes[p] != ' ') {
            return -1;
        }
        p++;
        if (digits(bytes, p, end) == 4 && p + 4 < end && bytes[p + 4] == ' ') {
            p += 5;
        }
        if (p + 8 > end || bytes[p + 2] != ':' || bytes[p + 5] != ':') {
            return -1;
        }
        p += 8;
        int fraction = p < end && bytes[p] == '.' ? digits(bytes, p + 1, end) : 0;
        return fraction > 0 ? p + 1 + fraction : p;
    }

    private static int digits(byte[] bytes, int start, int end) {
        int p = start;
        while (p < end && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p - start;
    }
}
