package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.json.MismatchException;

/**
 * A line of a web server's access log, split into its parts: the common log format, {@code host
 * identity user [time] "request" status size}, and the combined one, which has the referer and the
 * user agent, both quoted, after it.
 *
 * <p>A quoted part ends at a {@code "} before a blank or the end, unless a backslash escapes it.
 * Escapes stay as the server wrote them. A user name may hold blanks.
 */
final class AccessLine {

    static final int HOST = 0;
    static final int IDENTITY = 1;
    static final int USER = 2;
    static final int TIME = 3;
    static final int REQUEST = 4;
    static final int STATUS = 5;
    static final int SIZE = 6;
    static final int REFERER = 7;
    static final int USER_AGENT = 8;

    private static final String[] NAMES = {
        "host", "identity", "user", "time", "request", "status", "size", "referer", "user agent"
    };

    private final int[] offsets = new int[NAMES.length];
    private final int[] lengths = new int[NAMES.length];

    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    /**
     * Splits a line that must have exactly the parts up to {@code lastPart}, which is {@link #SIZE}
     * or {@link #USER_AGENT}.
     */
    void split(byte[] buffer, int offset, int length, int lastPart) throws MismatchException {
        TextRecords.refuseJson(buffer, offset, length);
        bytes = buffer;
        position = offset;
        end = offset + length;
        word(HOST);
        word(IDENTITY);
        user();
        time();
        quoted(REQUEST);
        number(STATUS);
        number(SIZE);
        for (int part = REFERER; part <= lastPart; part++) {
            quoted(part);
        }
        if (position < end) {
            throw expected("the end of the record after the " + NAMES[lastPart]);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int offset(int part) {
        return offsets[part];
    }

    int length(int part) {
        return lengths[part];
    }

    boolean isAbsent(int part) {
        return TextRecords.isAbsent(bytes, offsets[part], lengths[part]);
    }

    private void word(int part) throws MismatchException {
        if (position < end && bytes[position] == '"') {
            quoted(part);
            return;
        }
        int start = position;
        while (position < end && bytes[position] != ' ') {
            position++;
        }
        if (position == start) {
            throw expected(NAMES[part]);
        }
        take(part, start, position);
    }

    private void user() throws MismatchException {
        if (position < end && bytes[position] == '"') {
            quoted(USER);
            return;
        }
        int start = position;
        while (position + 1 < end && !(bytes[position] == ' ' && bytes[position + 1] == '[')) {
            position++;
        }
        if (position + 1 >= end) {
            position = start;
            throw expected("user and a time in brackets");
        }
        take(USER, start, position);
    }

    private void time() throws MismatchException {
        int start = position + 1;
        while (position < end && bytes[position] != ']') {
            position++;
        }
        if (start >= end || bytes[start - 1] != '[' || position == end) {
            position = Math.min(end, start - 1);
            throw expected("time in brackets");
        }
        position++;
        take(TIME, start, position - 1);
    }

    private void quoted(int part) throws MismatchException {
        if (position >= end || bytes[position] != '"') {
            throw expected("quoted " + NAMES[part]);
        }
        int start = position + 1;
        int p = start;
        while (p < end && !(bytes[p] == '"' && (p + 1 == end || bytes[p + 1] == ' '))) {
            p += bytes[p] == '\\' ? 2 : 1;
        }
        if (p >= end) {
            throw expected("quoted " + NAMES[part]);
        }
        position = p + 1;
        take(part, start, p);
    }

    /** Digits or {@code -}. */
    private void number(int part) throws MismatchException {
        int start = position;
        word(part);
        for (int i = 0; i < lengths[part]; i++) {
            byte b = bytes[offsets[part] + i];
            if ((b < '0' || b > '9') && !isAbsent(part)) {
                position = start;
                throw expected("number or - as the " + NAMES[part]);
            }
        }
    }

    /** Takes a part and the blank after it. */
    private void take(int part, int start, int stop) throws MismatchException {
        offsets[part] = start;
        lengths[part] = stop - start;
        if (position == end) {
            return;
        }
        if (bytes[position] != ' ' || position + 1 == end) {
            throw expected("a blank and another part after the " + NAMES[part]);
        }
        position++;
    }

    private MismatchException expected(String what) {
        return new MismatchException(
                "expected "
                        + what
                        + ", found "
                        + MismatchException.excerpt(bytes, position, end - position));
    }
}
