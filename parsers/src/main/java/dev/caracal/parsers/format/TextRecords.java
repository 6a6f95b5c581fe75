package dev.caracal.parsers.format;

import dev.caracal.parsers.json.MismatchException;

/** What the parsers of text formats have in common. */
public final class TextRecords {

    private TextRecords() {}

    /** Refuses JSON at once, so that trying a text format on it costs nothing. */
    public static void refuseJson(byte[] buffer, int offset, int length) throws MismatchException {
        if (length > 0 && buffer[offset] == '{') {
            throw new MismatchException("expected text, found a JSON object");
        }
    }

    /** True for an empty column and for {@code -}, which AWS writes for "no value". */
    public static boolean isAbsent(byte[] bytes, int offset, int length) {
        return length == 0 || (length == 1 && bytes[offset] == '-');
    }
}
