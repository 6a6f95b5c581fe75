package dev.caracal.parsers.stream;

import java.io.IOException;

/**
 * Finds the end of a JSON value by counting brackets outside strings. It does not check the
 * grammar: that is the parser's business.
 */
final class JsonBoundary {

    /** True for the bytes that matter outside a string. */
    private static final boolean[] STRUCTURAL = new boolean[256];

    static {
        for (char c : new char[] {'{', '}', '[', ']', '"'}) {
            STRUCTURAL[c] = true;
        }
    }

    private final ByteWindow window;

    private int depth;
    private boolean inString;

    JsonBoundary(ByteWindow window) {
        this.window = window;
    }

    /**
     * Moves to the end of the value at the window's position; the value stays in memory, from the
     * mark.
     *
     * @throws RecordRejectedException if it is longer than a record may be; the window is then at
     *     its end. If the content ends before the value does.
     */
    void pass() throws IOException {
        window.mark = window.position;
        String tooLong = "";
        begin();
        while (!advance()) {
            if (window.position - window.mark > window.maxRecordBytes()) {
                tooLong = tooLong.isEmpty() ? window.excerpt() : tooLong;
                window.mark = window.position;
            }
            if (!fill(tooLong)) {
                break;
            }
        }
        if (!tooLong.isEmpty()) {
            throw window.tooLong(tooLong);
        }
        if (window.position - window.mark > window.maxRecordBytes()) {
            throw window.tooLong(window.excerpt());
        }
    }

    /**
     * Moves to the end of the value at the window's position without keeping it.
     *
     * @throws LogStreamException if the content ends before the value does
     */
    void skip() throws IOException {
        begin();
        while (!advance()) {
            window.mark = window.position;
            if (!window.fill()) {
                if (isOpen()) {
                    throw JsonSyntax.truncated();
                }
                break;
            }
        }
        window.mark = window.position;
    }

    /** False at the end of the content, where only a bare value such as a number may end. */
    private boolean fill(String tooLong) throws IOException {
        String excerpt = tooLong.isEmpty() ? window.excerpt() : tooLong;
        if (window.fill()) {
            return true;
        }
        if (!isOpen()) {
            return false;
        }
        window.truncated = true;
        throw new RecordRejectedException(
                "truncated-json", "The object ends in the middle of a JSON value", excerpt);
    }

    private boolean isOpen() {
        return depth > 0 || inString;
    }

    private void begin() {
        depth = 0;
        inString = false;
    }

    /** Moves to the end of the value, or of what is in memory: then false. */
    private boolean advance() {
        byte[] bytes = window.bytes();
        int limit = window.limit();
        int p = window.position;
        while (p < limit) {
            if (inString) {
                while (p < limit && bytes[p] != '"' && bytes[p] != '\\') {
                    p++;
                }
                if (p == limit) {
                    break;
                }
                if (bytes[p] == '\\') {
                    if (p + 1 == limit) {
                        break;
                    }
                    p += 2;
                    continue;
                }
                p++;
                inString = false;
                if (depth == 0) {
                    window.position = p;
                    return true;
                }
                continue;
            }
            if (depth == 0 && endsBareValue(bytes[p])) {
                window.position = p;
                return true;
            }
            if (depth > 0) {
                while (p < limit && !STRUCTURAL[bytes[p] & 0xff]) {
                    p++;
                }
                if (p == limit) {
                    break;
                }
            }
            byte b = bytes[p++];
            if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                window.position = p;
                return true;
            }
        }
        window.position = p;
        return false;
    }

    private static boolean endsBareValue(byte b) {
        return b == ',' || b == ']' || b == '}' || (b <= ' ' && b >= 0);
    }
}
