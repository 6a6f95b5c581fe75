package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonNumber;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;

/** A number, given as a number or as text; its digits are kept as written. */
final class FloatConverter extends ValueConverter {

    private static final int MAX_LENGTH = 100;

    private final boolean lenient;

    /**
     * @param lenient text that is no number is left out instead of refused
     */
    FloatConverter(boolean lenient, EventBuilder builder) {
        super(builder);
        this.lenient = lenient;
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        readScalar(cursor, "a number");
        JsonText text = cursor.text();
        return text(text.bytes(), text.offset(), text.length());
    }

    @Override
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        if (length == 0) {
            return false;
        }
        if (length <= MAX_LENGTH && JsonNumber.length(bytes, offset, offset + length) == length) {
            builder.out().raw(bytes, offset, length);
            return true;
        }
        double value = parse(bytes, offset, length);
        if (Double.isFinite(value)) {
            builder.out().raw(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
            return true;
        }
        if (lenient) {
            return false;
        }
        throw wrong("a number", bytes, offset, length);
    }

    /** Forms that JSON does not have, such as {@code +1}, {@code .5} and {@code 007}. */
    private static double parse(byte[] bytes, int offset, int length) {
        if (length > MAX_LENGTH) {
            return Double.NaN;
        }
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            boolean digit = b >= '0' && b <= '9';
            if (!digit && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E') {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(new String(bytes, offset, length, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
