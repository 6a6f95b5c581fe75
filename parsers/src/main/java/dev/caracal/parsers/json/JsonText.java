package dev.caracal.parsers.json;

import java.nio.charset.StandardCharsets;

/** A piece of UTF-8 text: a slice of an array, or what a string with escapes stands for. */
public final class JsonText {

    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

    private byte[] scratch = new byte[256];
    private byte[] bytes = scratch;
    private int offset;
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Whether the text is this one, which is ASCII. */
    public boolean contentEquals(String ascii) {
        if (length != ascii.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    void set(byte[] newBytes, int newOffset, int newLength) {
        bytes = newBytes;
        offset = newOffset;
        length = newLength;
    }

    /** Takes the content of a JSON string whose escapes are known to be valid. */
    void decode(byte[] source, int start, int end) {
        // An escape is never shorter than what it stands for.
        if (scratch.length < end - start) {
            scratch = new byte[end - start];
        }
        int out = 0;
        int p = start;
        while (p < end) {
            byte b = source[p];
            if (b != '\\') {
                scratch[out++] = b;
                p++;
                continue;
            }
            byte c = source[p + 1];
            if (c != 'u') {
                scratch[out++] = simple(c);
                p += 2;
                continue;
            }
            int unit = hex(source, p + 2, end);
            if (!Character.isSurrogate((char) unit)) {
                out = encode(unit, out);
                p += 6;
            } else if (isPair(source, p, unit, end)) {
                out =
                        encode(
                                Character.toCodePoint((char) unit, (char) hex(source, p + 8, end)),
                                out);
                p += 12;
            } else {
                System.arraycopy(REPLACEMENT, 0, scratch, out, REPLACEMENT.length);
                out += REPLACEMENT.length;
                p += 6;
            }
        }
        set(scratch, 0, out);
    }

    private int encode(int codePoint, int start) {
        int out = start;
        if (codePoint < 0x80) {
            scratch[out++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            scratch[out++] = (byte) (0xc0 | codePoint >> 6);
            scratch[out++] = (byte) (0x80 | (codePoint & 0x3f));
        } else if (codePoint < 0x10000) {
            scratch[out++] = (byte) (0xe0 | codePoint >> 12);
            scratch[out++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
            scratch[out++] = (byte) (0x80 | (codePoint & 0x3f));
        } else {
            scratch[out++] = (byte) (0xf0 | codePoint >> 18);
            scratch[out++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
            scratch[out++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
            scratch[out++] = (byte) (0x80 | (codePoint & 0x3f));
        }
        return out;
    }

    private static byte simple(byte escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }

    /** Whether the escape at {@code p} is a high surrogate and a low one follows. */
    static boolean isPair(byte[] bytes, int p, int unit, int end) {
        if (!Character.isHighSurrogate((char) unit) || p + 12 > end) {
            return false;
        }
        if (bytes[p + 6] != '\\' || bytes[p + 7] != 'u') {
            return false;
        }
        int low = hex(bytes, p + 8, end);
        return low >= 0 && Character.isLowSurrogate((char) low);
    }

    /** The four hex digits at {@code p}, or -1. */
    static int hex(byte[] bytes, int p, int end) {
        if (p + 4 > end) {
            return -1;
        }
        int value = 0;
        for (int i = p; i < p + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
