package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;

/** Converts the value of a field as its type demands and writes it to the event. */
abstract class ValueConverter {

    final EventBuilder builder;

    ValueConverter(EventBuilder builder) {
        this.builder = builder;
    }

    /**
     * Converts the JSON value, not null, that the cursor is at.
     *
     * @return false for an empty value, which is left out; then nothing is written
     */
    abstract boolean json(JsonCursor cursor) throws MismatchException;

    /** Whether a required field may be empty. */
    boolean emptyIsPresent() {
        return false;
    }

    /** Converts text; by default as JSON. */
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        JsonCursor cursor = builder.cursor();
        cursor.reset(bytes, offset, length);
        boolean written = json(cursor);
        cursor.expectEnd();
        return written;
    }

    /** Passes over a string, number or boolean. */
    static void readScalar(JsonCursor cursor, String expected) throws MismatchException {
        switch (cursor.peek()) {
            case '"' -> cursor.readString();
            case 't' -> cursor.readLiteral("true");
            case 'f' -> cursor.readLiteral("false");
            case '{' -> throw new MismatchException(": expected " + expected + ", found an object");
            case '[' -> throw new MismatchException(": expected " + expected + ", found a list");
            default -> cursor.readNumber();
        }
    }

    static MismatchException wrong(String expected, byte[] bytes, int offset, int length) {
        return new MismatchException(
                ": expected " + expected, MismatchException.excerpt(bytes, offset, length));
    }
}
