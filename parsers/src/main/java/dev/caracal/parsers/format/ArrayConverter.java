package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;

/** A list; an empty one is left out. */
final class ArrayConverter extends ValueConverter {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final ValueConverter element;

    ArrayConverter(ValueConverter element, EventBuilder builder) {
        super(builder);
        this.element = element;
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        if (cursor.peek() != '[') {
            readScalar(cursor, "a list");
            throw wrong(
                    "a list",
                    cursor.bytes(),
                    cursor.tokenStart(),
                    cursor.tokenEnd() - cursor.tokenStart());
        }
        cursor.expect('[');
        JsonOutput out = builder.out();
        out.raw('[');
        if (cursor.peek() == ']') {
            cursor.expect(']');
            return false;
        }
        for (int i = 0; ; i++) {
            out.separate();
            element(cursor, i);
            if (cursor.peek() == ']') {
                cursor.expect(']');
                out.raw(']');
                return true;
            }
            cursor.expect(',');
        }
    }

    ValueConverter element() {
        return element;
    }

    @Override
    boolean emptyIsPresent() {
        return true;
    }

    private void element(JsonCursor cursor, int index) throws MismatchException {
        if (cursor.peek() == 'n') {
            cursor.readLiteral("null");
            builder.out().raw(NULL);
            return;
        }
        int mark = builder.out().length();
        try {
            if (!element.json(cursor)) {
                builder.out().rollback(mark);
                builder.out().raw(NULL);
            }
        } catch (MismatchException e) {
            throw e.in("[" + index + "]");
        }
    }
}
