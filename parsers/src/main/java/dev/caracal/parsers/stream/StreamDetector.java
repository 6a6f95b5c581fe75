package dev.caracal.parsers.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** Tells by the beginning of an object which log stream cuts it. */
final class StreamDetector {

    /** How much of an object is looked at. */
    static final int LOOKED_AT = 64 << 10;

    private StreamDetector() {}

    /**
     * The name of the log stream:
     *
     * <ul>
     *   <li>{@code cloudtrail}, {@code cloudwatch} or {@code json-array:records} for an object that
     *       is a {@link JsonEnvelope};
     *   <li>{@code json} for an object that goes on over a line end, or is followed by another on
     *       the same line;
     *   <li>{@code json-array} for a list of objects, lists or texts, or an empty one;
     *   <li>{@code lines} for everything else, one JSON document a line included, and delimited
     *       text: a line end in quotes cannot be told from a stray quote.
     * </ul>
     */
    static String detect(byte[] head, int offset, int limit) {
        int start = skipBlanks(head, offset, limit);
        if (start == limit) {
            return "lines";
        }
        if (head[start] == '[') {
            return isArray(head, start, limit) ? "json-array" : "lines";
        }
        if (head[start] != '{') {
            return "lines";
        }
        String envelope = JsonEnvelope.detect(window(head, start, limit));
        if (!envelope.isEmpty()) {
            return envelope;
        }
        return isOneLine(head, start, limit) ? "lines" : "json";
    }

    private static boolean isArray(byte[] head, int start, int limit) {
        int next = skipBlanks(head, start + 1, limit);
        return next < limit
                && (head[next] == '{'
                        || head[next] == '['
                        || head[next] == ']'
                        || head[next] == '"');
    }

    private static boolean isOneLine(byte[] head, int start, int limit) {
        ByteWindow window = window(head, start, limit);
        try {
            new JsonBoundary(window).pass();
        } catch (IOException e) {
            return indexOfLineEnd(head, start, limit) == limit;
        }
        int end = start + window.position;
        if (indexOfLineEnd(head, start, end) < end) {
            return false;
        }
        int next = skipBlanks(head, end, indexOfLineEnd(head, end, limit));
        return next == limit || head[next] != '{';
    }

    private static ByteWindow window(byte[] head, int start, int limit) {
        byte[] copy = Arrays.copyOfRange(head, start, limit);
        ByteWindow window = new ByteWindow(new ByteArrayInputStream(copy), Integer.MAX_VALUE - 8);
        window.fillTo(copy.length);
        return window;
    }

    private static int indexOfLineEnd(byte[] head, int start, int limit) {
        int p = start;
        while (p < limit && head[p] != '\n') {
            p++;
        }
        return p;
    }

    private static int skipBlanks(byte[] head, int start, int limit) {
        int p = start;
        while (p < limit
                && (head[p] == ' ' || head[p] == '\n' || head[p] == '\r' || head[p] == '\t')) {
            p++;
        }
        return p;
    }
}
