package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * The priority that every syslog message begins with, as in {@code <34>}: facility times eight plus
 * severity (RFC 5424, section 6.2.1).
 */
final class SyslogPriority {

    private static final int MAX = 191;

    private static final byte[][] DECIMALS =
            IntStream.rangeClosed(0, MAX)
                    .mapToObj(i -> Integer.toString(i).getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);

    private final TextEvent event;
    private final Member priority;
    private final Member facility;
    private final Member severity;

    private int value;

    SyslogPriority(TextEvent event) {
        this.event = event;
        this.priority = event.member("priority");
        this.facility = event.member("facility");
        this.severity = event.member("severity");
    }

    /** Reads the priority; where the message goes on after it. */
    int read(byte[] bytes, int offset, int length) throws MismatchException {
        TextRecords.refuseJson(bytes, offset, length);
        int end = offset + length;
        int p = offset + 1;
        value = 0;
        while (p < end && p <= offset + 3 && bytes[p] >= '0' && bytes[p] <= '9') {
            value = value * 10 + bytes[p++] - '0';
        }
        int digits = p - offset - 1;
        boolean closed = length > 0 && bytes[offset] == '<' && p < end && bytes[p] == '>';
        boolean leadingZero = digits > 1 && bytes[offset + 1] == '0';
        if (!closed || digits == 0 || leadingZero || value > MAX) {
            throw new MismatchException(
                    "priority: expected <0> to <191>, found "
                            + MismatchException.excerpt(bytes, offset, Math.min(length, 10)));
        }
        return p + 1;
    }

    void write() throws MismatchException {
        write(priority, value);
        write(facility, value / 8);
        write(severity, value % 8);
    }

    private void write(Member member, int number) throws MismatchException {
        byte[] decimal = DECIMALS[number];
        event.write(member, decimal, 0, decimal.length);
    }

    /**
     * How many digits of a version of RFC 5424 stand here, 0 if none. After a version there is a
     * blank, and a date or {@code -}; a message of RFC 3164 has no such beginning.
     */
    static int versionDigits(byte[] bytes, int start, int end) {
        int p = start;
        while (p < end && p < start + 3 && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        int digits = p - start;
        if (digits == 0 || bytes[start] == '0' || p + 1 >= end || bytes[p] != ' ') {
            return 0;
        }
        p++;
        boolean nil = bytes[p] == '-' && (p + 1 == end || bytes[p + 1] == ' ');
        return nil || isYear(bytes, p, end) ? digits : 0;
    }

    private static boolean isYear(byte[] bytes, int start, int end) {
        if (end - start < 5 || bytes[start + 4] != '-') {
            return false;
        }
        for (int p = start; p < start + 4; p++) {
            if (bytes[p] < '0' || bytes[p] > '9') {
                return false;
            }
        }
        return true;
    }
}
