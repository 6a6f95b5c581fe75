package dev.caracal.parsers.format;

import java.util.Arrays;

/**
 * Decodes the escapes that logs have in quoted text: {@code \"}, {@code \\}, {@code \n} and the
 * like, {@code \xhh} for a byte and {@code \}{@code uhhhh} for a character. Any other backslash is
 * kept.
 */
final class BackslashEscapes {

    private byte[] bytes = new byte[256];
    private int length;

    static boolean areIn(byte[] text, int start, int end) {
        for (int p = start; p < end; p++) {
            if (text[p] == '\\') {
                return true;
            }
        }
        return false;
    }

    void clear() {
        length = 0;
    }

    /** All that was decoded since {@link #clear}; the array may be another after each text. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Decodes a text and gives where in {@link #bytes} the result starts. */
    int decode(byte[] text, int start, int end) {
        // No escape is shorter than what it stands for.
        if (bytes.length - length < end - start) {
            bytes = Arrays.copyOf(bytes, length + Math.max(length, end - start));
        }
        int from = length;
        int p = start;
        while (p < end) {
            byte b = text[p++];
            if (b != '\\' || p == end) {
                bytes[length++] = b;
                continue;
            }
            p += escape(text, p, end);
        }
        return from;
    }

    /** How many bytes after the backslash belong to the escape. */
    private int escape(byte[] text, int p, int end) {
        byte c = text[p];
        switch (c) {
            case '"', '\'', '\\', '/' -> bytes[length++] = c;
            case 'n' -> bytes[length++] = '\n';
            case 't' -> bytes[length++] = '\t';
            case 'r' -> bytes[length++] = '\r';
            case 'b' -> bytes[length++] = '\b';
            case 'f' -> bytes[length++] = '\f';
            case 'x' -> {
                int value = hex(text, p + 1, 2, end);
                if (value >= 0) {
                    bytes[length++] = (byte) value;
                    return 3;
                }
                bytes[length++] = '\\';
                return 0;
            }
            case 'u' -> {
                int value = hex(text, p + 1, 4, end);
                if (value >= 0 && !Character.isSurrogate((char) value)) {
                    encode(value);
                    return 5;
                }
                bytes[length++] = '\\';
                return 0;
            }
            default -> {
                bytes[length++] = '\\';
                return 0;
            }
        }
        return 1;
    }

    private void encode(int c) {
        if (c < 0x80) {
            bytes[length++] = (byte) c;
            return;
        }
        if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >> 6);
        } else {
            bytes[length++] = (byte) (0xe0 | c >> 12);
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        }
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    /** The number that exactly {@code digits} hex digits name, or -1. */
    private static int hex(byte[] text, int start, int digits, int end) {
        if (start + digits > end) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
