package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.time.TimeFormat;
import dev.caracal.parsers.time.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A whole number within bounds, given as a number or as text; where the type allows it, also text
 * that is no number.
 */
final class IntegerConverter extends ValueConverter {

    private final FieldType.IntegerType type;
    private final boolean lenient;
    private final int rank;
    private final @Nullable TimeFormat eventTime;
    private final Timestamp timestamp = new Timestamp();

    /**
     * @param lenient text that is no number is left out instead of refused
     * @param rank the position among the schema's fields that are times of the event
     */
    IntegerConverter(FieldType.IntegerType type, boolean lenient, int rank, EventBuilder builder) {
        super(builder);
        this.type = type;
        this.lenient = lenient;
        this.rank = rank;
        this.eventTime = type.eventTime().orElse(null);
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        readScalar(cursor, "a whole number");
        JsonText text = cursor.text();
        return text(text.bytes(), text.offset(), text.length());
    }

    @Override
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        if (length == 0) {
            return false;
        }
        int end = offset + length;
        boolean negative = bytes[offset] == '-';
        int p = negative || bytes[offset] == '+' ? offset + 1 : offset;
        // Counted down, as the smallest long has no positive counterpart.
        long value = 0;
        boolean overflow = false;
        int digits = 0;
        while (p < end && bytes[p] >= '0' && bytes[p] <= '9') {
            int digit = bytes[p++] - '0';
            overflow |= value < (Long.MIN_VALUE + digit) / 10;
            value = value * 10 - digit;
            digits++;
        }
        if (digits == 0 || !isZeroFraction(bytes, p, end)) {
            if (type.orText()) {
                builder.out().string(bytes, offset, length);
                return true;
            }
            if (lenient) {
                return false;
            }
            throw wrong("a whole number", bytes, offset, length);
        }
        overflow |= !negative && value == Long.MIN_VALUE;
        long signed = negative ? value : -value;
        if (overflow || signed < type.min() || signed > type.max()) {
            throw wrong("a number from " + type.min() + " to " + type.max(), bytes, offset, length);
        }
        builder.out().number(signed);
        if (eventTime != null) {
            if (!eventTime.parse(bytes, offset, length, timestamp)) {
                throw wrong("a time in format " + eventTime.name(), bytes, offset, length);
            }
            builder.eventTime(timestamp, rank);
        }
        return true;
    }

    /** Nothing, or a fraction of zeros, as some JSON libraries write whole numbers. */
    private static boolean isZeroFraction(byte[] bytes, int start, int end) {
        if (start == end) {
            return true;
        }
        if (bytes[start] != '.' || start + 1 == end) {
            return false;
        }
        for (int i = start + 1; i < end; i++) {
            if (bytes[i] != '0') {
                return false;
            }
        }
        return true;
    }
}
