package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.time.TimeFormat;
import dev.caracal.parsers.time.Timestamp;
import java.util.stream.Collectors;

/** A point in time, written in the form of the data lake. */
final class TimestampConverter extends ValueConverter {

    private final FieldType.TimestampType type;
    private final TimeFormat[] formats;
    private final Timestamp timestamp = new Timestamp();

    TimestampConverter(FieldType.TimestampType type, EventBuilder builder) {
        super(builder);
        this.type = type;
        this.formats = type.formats().toArray(new TimeFormat[0]);
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        readScalar(cursor, "a time");
        JsonText text = cursor.text();
        return text(text.bytes(), text.offset(), text.length());
    }

    @Override
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        if (length == 0) {
            return false;
        }
        timestamp.setNow(builder.parseTimeMillis());
        for (TimeFormat format : formats) {
            if (format.parse(bytes, offset, length, timestamp)) {
                return write();
            }
        }
        String expected =
                type.formats().stream().map(TimeFormat::name).collect(Collectors.joining(" or "));
        throw wrong("a time in format " + expected, bytes, offset, length);
    }

    private boolean write() {
        if (timestamp.isZero()) {
            return false;
        }
        builder.timestamp(timestamp);
        if (type.isEventTime()) {
            builder.eventTime(timestamp);
        }
        return true;
    }
}
