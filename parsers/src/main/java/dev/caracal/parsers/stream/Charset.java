package dev.caracal.parsers.stream;

import dev.caracal.parsers.json.Utf8;
import java.io.IOException;

/** Checks the beginning of an object for text in UTF-8. */
final class Charset {

    private static final int CHECKED = 1024;

    /** A sequence that begins among the bytes checked may end beyond them. */
    private static final int MAX_SEQUENCE = 4;

    private Charset() {}

    /**
     * Moves past a byte order mark of UTF-8.
     *
     * @throws LogStreamException with reason {@code wrong-charset} if the first KiB has a byte
     *     order mark of UTF-16, a NUL, or is not UTF-8
     */
    static void check(ByteWindow window) throws IOException {
        window.fillTo(CHECKED + MAX_SEQUENCE);
        byte[] bytes = window.bytes();
        int limit = window.limit();
        if (limit >= 2) {
            int mark = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
            if (mark == 0xfeff || mark == 0xfffe) {
                throw wrong("a byte order mark of UTF-16");
            }
        }
        if (limit >= 3
                && bytes[0] == (byte) 0xef
                && bytes[1] == (byte) 0xbb
                && bytes[2] == (byte) 0xbf) {
            window.position = 3;
            window.mark = 3;
        }
        int p = window.position;
        while (p < Math.min(limit, CHECKED)) {
            if (bytes[p] > 0) {
                p++;
                continue;
            }
            if (bytes[p] == 0) {
                throw wrong("a NUL at byte " + p);
            }
            int sequence = Utf8.sequence(bytes, p, limit);
            if (sequence == 0) {
                throw wrong("something else at byte " + p);
            }
            p += sequence;
        }
    }

    private static LogStreamException wrong(String found) {
        return new LogStreamException("wrong-charset", "Expected text in UTF-8, found " + found);
    }
}
