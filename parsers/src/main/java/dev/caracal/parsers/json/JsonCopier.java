package dev.caracal.parsers.json;

import org.jspecify.annotations.Nullable;

/** Copies one JSON value as it is, but for blanks between its tokens, and checks it on the way. */
public final class JsonCopier {

    /** Deeper values are refused: what reads the events recurses too. */
    public static final int MAX_DEPTH = 500;

    private final JsonCursor cursor;
    private final JsonOutput out;
    private @Nullable JsonVisitor visitor;
    private int pending;
    private boolean loneSurrogate;

    public JsonCopier(JsonCursor cursor, JsonOutput out) {
        this.cursor = cursor;
        this.out = out;
    }

    /** Copies the value that starts at the cursor. */
    public void copy() throws MismatchException {
        copy(null, 0, 0);
    }

    /** Passes over the value that starts at the cursor. */
    public void skip() throws MismatchException {
        int mark = out.length();
        copy();
        out.rollback(mark);
    }

    /** Copies the value that starts at the cursor and shows its strings to the visitor. */
    public void copy(@Nullable JsonVisitor newVisitor, int keyStart, int keyEnd)
            throws MismatchException {
        visitor = newVisitor;
        loneSurrogate = false;
        int mark = out.length();
        cursor.peek();
        pending = cursor.position();
        value(keyStart, keyEnd, 0);
        flush();
        if (loneSurrogate) {
            out.replaceLoneSurrogates(mark);
        }
    }

    private void value(int keyStart, int keyEnd, int depth) throws MismatchException {
        switch (next()) {
            case '{' -> object(keyStart, keyEnd, depth);
            case '[' -> array(keyStart, keyEnd, depth);
            case '"' -> {
                string();
                if (visitor != null) {
                    visitor.string(cursor, keyStart, keyEnd);
                }
            }
            case 't' -> cursor.readLiteral("true");
            case 'f' -> cursor.readLiteral("false");
            case 'n' -> cursor.readLiteral("null");
            default -> cursor.readNumber();
        }
    }

    private void object(int keyStart, int keyEnd, int depth) throws MismatchException {
        checkDepth(depth);
        if (visitor != null) {
            visitor.beginObject(keyStart, keyEnd);
        }
        skipByte();
        if (next() == '}') {
            skipByte();
        } else {
            while (true) {
                string();
                int start = cursor.tokenStart();
                int end = cursor.tokenEnd();
                next();
                cursor.expect(':');
                value(start, end, depth + 1);
                if (next() == '}') {
                    skipByte();
                    break;
                }
                cursor.expect(',');
                next();
            }
        }
        if (visitor != null) {
            visitor.endObject();
        }
    }

    private void array(int keyStart, int keyEnd, int depth) throws MismatchException {
        checkDepth(depth);
        skipByte();
        if (next() == ']') {
            skipByte();
            return;
        }
        while (true) {
            value(keyStart, keyEnd, depth + 1);
            if (next() == ']') {
                skipByte();
                return;
            }
            cursor.expect(',');
        }
    }

    private void string() throws MismatchException {
        cursor.readString();
        loneSurrogate |= cursor.loneSurrogate();
    }

    private void skipByte() {
        cursor.moveTo(cursor.position() + 1);
    }

    /** The byte of the next token; blanks before it are left out of the copy. */
    private int next() {
        int before = cursor.position();
        int found = cursor.peek();
        if (cursor.position() != before) {
            out.raw(cursor.bytes(), pending, before - pending);
            pending = cursor.position();
        }
        return found;
    }

    private void flush() {
        out.raw(cursor.bytes(), pending, cursor.position() - pending);
    }

    private static void checkDepth(int depth) throws MismatchException {
        if (depth >= MAX_DEPTH) {
            throw new MismatchException("nested deeper than " + MAX_DEPTH);
        }
    }
}
