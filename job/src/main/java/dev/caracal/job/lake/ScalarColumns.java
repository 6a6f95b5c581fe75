package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** Columns of texts, numbers, booleans and times; their texts are slices of the JSON. */
final class ScalarColumns {

    private static final int MAX_LONG_DIGITS = 18;

    private final TimeText times = new TimeText();
    private MemorySegment[] json = new MemorySegment[0];

    void begin(byte[] bytes) {
        json = new MemorySegment[] {MemorySegmentFactory.wrap(bytes)};
    }

    /**
     * @param isJson whether texts are JSON too, not the text that JSON holds
     */
    Column of(Type type, boolean isJson) {
        return switch (type.typeId()) {
            case STRING -> isJson ? this::json : this::text;
            case INTEGER -> ScalarColumns::integer;
            case LONG -> ScalarColumns::whole;
            case DOUBLE -> ScalarColumns::number;
            case BOOLEAN -> ScalarColumns::truth;
            case TIMESTAMP -> this::time;
            default ->
                    // A column that somebody else has added.
                    cursor -> Column.MISFIT;
        };
    }

    private StringData slice(int start, int end) {
        return new BinaryStringData(json, start, end - start);
    }

    private Object json(JsonCursor cursor) throws MismatchException {
        int start = cursor.position();
        cursor.skip();
        return slice(start, cursor.position());
    }

    private Object text(JsonCursor cursor) throws MismatchException {
        if (cursor.peek() != '"') {
            return json(cursor);
        }
        cursor.readString();
        JsonText text = cursor.text();
        if (text.bytes() == cursor.bytes()) {
            return slice(text.offset(), text.offset() + text.length());
        }
        return StringData.fromBytes(
                Arrays.copyOfRange(text.bytes(), text.offset(), text.offset() + text.length()));
    }

    private Object time(JsonCursor cursor) throws MismatchException {
        if (cursor.peek() != '"') {
            return Column.MISFIT;
        }
        cursor.readString();
        TimestampData time = times.read(cursor.bytes(), cursor.tokenStart(), cursor.tokenEnd());
        return time == null ? Column.MISFIT : time;
    }

    private static Object truth(JsonCursor cursor) throws MismatchException {
        boolean value = cursor.peek() == 't';
        if (!value && cursor.peek() != 'f') {
            return Column.MISFIT;
        }
        cursor.readLiteral(value ? "true" : "false");
        return value;
    }

    private static boolean isNumber(int first) {
        return first == '-' || (first >= '0' && first <= '9');
    }

    private static Object whole(JsonCursor cursor) throws MismatchException {
        if (!isNumber(cursor.peek())) {
            return Column.MISFIT;
        }
        cursor.readNumber();
        Long value = parseLong(cursor.bytes(), cursor.tokenStart(), cursor.tokenEnd());
        return value == null ? Column.MISFIT : value;
    }

    private static Object integer(JsonCursor cursor) throws MismatchException {
        Object value = whole(cursor);
        return value instanceof Long whole && whole.intValue() == whole
                ? (Object) whole.intValue()
                : Column.MISFIT;
    }

    private static Object number(JsonCursor cursor) throws MismatchException {
        if (!isNumber(cursor.peek())) {
            return Column.MISFIT;
        }
        cursor.readNumber();
        double value = Double.parseDouble(token(cursor));
        return Double.isFinite(value) ? (Object) value : Column.MISFIT;
    }

    private static @Nullable Long parseLong(byte[] bytes, int start, int end) {
        boolean negative = bytes[start] == '-';
        int first = negative ? start + 1 : start;
        long value = 0;
        for (int i = first; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return null;
            }
            value = value * 10 + bytes[i] - '0';
        }
        if (end - first > MAX_LONG_DIGITS) {
            return parseLong(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
        }
        return negative ? -value : value;
    }

    private static @Nullable Long parseLong(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String token(JsonCursor cursor) {
        return new String(
                cursor.bytes(),
                cursor.tokenStart(),
                cursor.tokenEnd() - cursor.tokenStart(),
                StandardCharsets.US_ASCII);
    }
}
