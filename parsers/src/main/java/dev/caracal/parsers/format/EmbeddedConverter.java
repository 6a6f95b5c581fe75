package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.util.Arrays;

/** A value whose JSON is in a string; an empty string is no value. */
final class EmbeddedConverter extends ValueConverter {

    private final ValueConverter value;

    EmbeddedConverter(ValueConverter value, EventBuilder builder) {
        super(builder);
        this.value = value;
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        if (cursor.peek() != '"') {
            return value.json(cursor);
        }
        cursor.readString();
        JsonText text = cursor.text();
        byte[] embedded =
                Arrays.copyOfRange(text.bytes(), text.offset(), text.offset() + text.length());
        byte[] bytes = cursor.bytes();
        int position = cursor.position();
        int end = cursor.end();
        boolean written = text(embedded, 0, embedded.length);
        cursor.reset(bytes, position, end - position);
        return written;
    }

    @Override
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        JsonCursor cursor = builder.cursor();
        cursor.reset(bytes, offset, length);
        int first = cursor.peek();
        if (first < 0) {
            return false;
        }
        if (first == 'n') {
            cursor.readLiteral("null");
            cursor.expectEnd();
            return false;
        }
        boolean written = value.json(cursor);
        cursor.expectEnd();
        return written;
    }

    @Override
    boolean emptyIsPresent() {
        return value.emptyIsPresent();
    }
}
