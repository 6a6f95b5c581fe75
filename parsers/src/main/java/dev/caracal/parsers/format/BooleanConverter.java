package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;

/** True or false, also as 1 or 0, t or f, in the spellings that Go's ParseBool takes. */
final class BooleanConverter extends ValueConverter {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    BooleanConverter(EventBuilder builder) {
        super(builder);
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        readScalar(cursor, "true or false");
        JsonText text = cursor.text();
        return text(text.bytes(), text.offset(), text.length());
    }

    @Override
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        if (length == 0) {
            return false;
        }
        String value = new String(bytes, offset, Math.min(length, 6), StandardCharsets.ISO_8859_1);
        switch (value) {
            case "true", "True", "TRUE", "t", "T", "1" -> builder.out().raw(TRUE);
            case "false", "False", "FALSE", "f", "F", "0" -> builder.out().raw(FALSE);
            default -> throw wrong("true or false", bytes, offset, length);
        }
        return true;
    }
}
