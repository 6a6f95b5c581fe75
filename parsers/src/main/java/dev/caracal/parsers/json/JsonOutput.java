package dev.caracal.parsers.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text under construction, in an array that grows and is used again. */
public final class JsonOutput {

    /** What a buffer that grew for one huge event shrinks back to. */
    private static final int MAX_KEPT = 4 << 20;

    private static final int INITIAL = 8 << 10;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

    private byte[] bytes = new byte[INITIAL];
    private int length;

    public void clear() {
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[INITIAL];
        }
        length = 0;
    }

    public int length() {
        return length;
    }

    /** Forgets what was written after {@link #length} was {@code mark}. */
    public void rollback(int mark) {
        length = mark;
    }

    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Makes room for {@code count} bytes and gives the array to write them to at {@link #length}.
     */
    public byte[] reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        return bytes;
    }

    /** Counts bytes that were written to the reserved array. */
    public void advance(int count) {
        length += count;
    }

    public void raw(char c) {
        reserve(1)[length++] = (byte) c;
    }

    public void raw(byte[] source) {
        raw(source, 0, source.length);
    }

    public void raw(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Writes a comma unless this is the first element of its array or object. */
    public void separate() {
        byte last = bytes[length - 1];
        if (last != '{' && last != '[') {
            raw(',');
        }
    }

    /** Writes a member's name, given quoted and with its colon, and a comma where one is due. */
    public void key(byte[] encoded) {
        byte last = bytes[length - 1];
        reserve(encoded.length + 1);
        if (last != '{') {
            bytes[length++] = ',';
        }
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    /** What {@link #key} takes: the name quoted, with a colon. */
    public static byte[] encodeKey(String name) {
        JsonOutput out = new JsonOutput();
        out.string(name);
        out.raw(':');
        return out.copy();
    }

    public void number(long value) {
        if (value < 0) {
            raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    public void string(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        string(encoded, 0, encoded.length);
    }

    /** Writes text as a string; bytes that are not UTF-8 become U+FFFD. */
    public void string(byte[] source, int offset, int count) {
        raw('"');
        int end = offset + count;
        int start = offset;
        int p = offset;
        while (p < end) {
            byte b = source[p];
            if (b >= ' ' && b != '"' && b != '\\') {
                p++;
                continue;
            }
            int sequence = b < 0 ? Utf8.sequence(source, p, end) : 0;
            if (sequence > 0) {
                p += sequence;
                continue;
            }
            raw(source, start, p - start);
            if (b < 0) {
                raw(REPLACEMENT);
            } else {
                escape(b);
            }
            p++;
            start = p;
        }
        raw(source, start, end - start);
        raw('"');
    }

    private void escape(byte b) {
        raw('\\');
        switch (b) {
            case '"', '\\' -> raw((char) b);
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            default -> {
                raw('u');
                raw('0');
                raw('0');
                raw((char) HEX[b >> 4]);
                raw((char) HEX[b & 15]);
            }
        }
    }

    /** Turns the escapes of half surrogate pairs written since {@code mark} into U+FFFD. */
    public void replaceLoneSurrogates(int mark) {
        int p = mark;
        while (p < length) {
            if (bytes[p] != '\\') {
                p++;
                continue;
            }
            int unit = bytes[p + 1] == 'u' ? JsonText.hex(bytes, p + 2, length) : 0;
            if (!Character.isSurrogate((char) unit)) {
                p += 2;
            } else if (JsonText.isPair(bytes, p, unit, length)) {
                p += 12;
            } else {
                bytes[p + 2] = 'f';
                bytes[p + 3] = 'f';
                bytes[p + 4] = 'f';
                bytes[p + 5] = 'd';
                p += 6;
            }
        }
    }
}
