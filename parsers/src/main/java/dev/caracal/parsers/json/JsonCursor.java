package dev.caracal.parsers.json;

/**
 * A position in JSON text (RFC 8259) that is held in memory whole.
 *
 * <p>It checks what it passes over: grammar, escapes and UTF-8. Strings are left as they are, as a
 * slice of the text; {@link #text} decodes one where its content matters.
 */
public final class JsonCursor {

    /** Longer numbers are refused, as Jackson's default limit does. */
    private static final int MAX_NUMBER_LENGTH = 1000;

    /** True for bytes that may stand in a string as they are. */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (int i = ' '; i < 128; i++) {
            PLAIN[i] = i != '"' && i != '\\';
        }
    }

    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    private int tokenStart;
    private int tokenEnd;
    private boolean escaped;
    private boolean loneSurrogate;

    private final JsonText text = new JsonText();

    public void reset(byte[] newBytes, int offset, int length) {
        bytes = newBytes;
        position = offset;
        end = offset + length;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public int end() {
        return end;
    }

    public void moveTo(int newPosition) {
        position = newPosition;
    }

    /** Skips blanks; the byte that follows, or -1 at the end. */
    public int peek() {
        int p = position;
        while (p < end) {
            byte b = bytes[p];
            if (b > ' ' || b < 0 || !isBlank(b)) {
                position = p;
                return b & 0xff;
            }
            p++;
        }
        position = p;
        return -1;
    }

    public static boolean isBlank(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Skips blanks and the expected byte. */
    public void expect(char expected) throws MismatchException {
        if (peek() != expected) {
            throw unexpected("'" + expected + "'");
        }
        position++;
    }

    /** Refuses anything but blanks up to the end. */
    public void expectEnd() throws MismatchException {
        if (peek() >= 0) {
            throw unexpected("the end of the record");
        }
    }

    /** Passes over the string that starts here; its content is then {@link #tokenStart} etc. */
    public void readString() throws MismatchException {
        if (position >= end || bytes[position] != '"') {
            throw unexpected("a string");
        }
        byte[] b = bytes;
        int last = end;
        int p = position + 1;
        tokenStart = p;
        escaped = false;
        loneSurrogate = false;
        while (p < last) {
            byte c = b[p];
            if (PLAIN[c & 0xff]) {
                p++;
                continue;
            }
            if (c == '"') {
                tokenEnd = p;
                position = p + 1;
                return;
            }
            if (c == '\\') {
                p += escape(p);
                continue;
            }
            int sequence = c < 0 ? Utf8.sequence(b, p, last) : 0;
            if (sequence == 0) {
                position = p;
                throw new MismatchException(
                        c < 0
                                ? "not UTF-8 at byte " + p
                                : "not JSON: control character in a string at byte " + p);
            }
            p += sequence;
        }
        position = last;
        throw new MismatchException("not JSON: a string has no end");
    }

    private int escape(int p) throws MismatchException {
        escaped = true;
        if (p + 1 < end) {
            byte c = bytes[p + 1];
            if (c == 'u') {
                return unicodeEscape(p);
            }
            if (c == '"' || c == '\\' || c == '/' || c == 'n' || c == 't' || c == 'r' || c == 'b'
                    || c == 'f') {
                return 2;
            }
        }
        throw new MismatchException("not JSON: unknown escape in a string at byte " + p);
    }

    private int unicodeEscape(int p) throws MismatchException {
        int unit = JsonText.hex(bytes, p + 2, end);
        if (unit < 0) {
            throw new MismatchException("not JSON: \\u without four hex digits at byte " + p);
        }
        if (!Character.isSurrogate((char) unit)) {
            return 6;
        }
        if (JsonText.isPair(bytes, p, unit, end)) {
            return 12;
        }
        loneSurrogate = true;
        return 6;
    }

    /** Passes over the number that starts here. */
    public void readNumber() throws MismatchException {
        tokenStart = position;
        escaped = false;
        int length = JsonNumber.length(bytes, position, end);
        if (length == 0) {
            throw unexpected("a value");
        }
        if (length > MAX_NUMBER_LENGTH) {
            throw new MismatchException("a number of " + length + " digits is too long");
        }
        position += length;
        tokenEnd = position;
    }

    /** Passes over {@code true}, {@code false} or {@code null}, whichever is given. */
    public void readLiteral(String literal) throws MismatchException {
        tokenStart = position;
        escaped = false;
        for (int i = 0; i < literal.length(); i++) {
            if (position + i >= end || bytes[position + i] != literal.charAt(i)) {
                throw unexpected(literal);
            }
        }
        position += literal.length();
        tokenEnd = position;
    }

    /**
     * Passes over the value that starts here, which has been read before and is known to be JSON.
     */
    public void skip() throws MismatchException {
        int depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> {
                    depth++;
                    position++;
                }
                case '}', ']' -> {
                    depth--;
                    position++;
                }
                case ',', ':' -> position++;
                case '"' -> readString();
                case 't' -> readLiteral("true");
                case 'f' -> readLiteral("false");
                case 'n' -> readLiteral("null");
                default -> readNumber();
            }
        } while (depth > 0);
    }

    /** Start of the last token, without the quotes of a string. */
    public int tokenStart() {
        return tokenStart;
    }

    public int tokenEnd() {
        return tokenEnd;
    }

    /** Whether the last string holds the escape of half a surrogate pair, which is no character. */
    public boolean loneSurrogate() {
        return loneSurrogate;
    }

    /** The content of the last token, decoded if it was a string with escapes. */
    public JsonText text() {
        if (escaped) {
            text.decode(bytes, tokenStart, tokenEnd);
        } else {
            text.set(bytes, tokenStart, tokenEnd - tokenStart);
        }
        return text;
    }

    /** What stands here instead of what was expected. */
    public MismatchException unexpected(String expected) {
        if (position >= end) {
            return new MismatchException("not JSON: ends where " + expected + " was expected");
        }
        return new MismatchException(
                "not JSON: expected " + expected + " at byte " + position,
                MismatchException.excerpt(bytes, position, Math.min(10, end - position)));
    }
}
