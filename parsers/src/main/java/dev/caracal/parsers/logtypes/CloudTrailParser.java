package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * AWS.CloudTrail: a record is one event, or an object whose first member {@code Records} is a list
 * of events, as in the files that CloudTrail delivers.
 */
public final class CloudTrailParser implements RecordParser {

    private static final byte[] RECORDS = "Records".getBytes(StandardCharsets.US_ASCII);

    private final JsonCursor cursor;
    private final JsonRecordParser events;

    public CloudTrailParser(Schema schema, EventBuilder builder) {
        this.cursor = builder.cursor();
        this.events = new JsonRecordParser(schema, builder);
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        cursor.reset(buffer, offset, length);
        if (cursor.peek() != '{') {
            throw cursor.unexpected("a JSON object");
        }
        int start = cursor.position();
        if (beginsWithRecords()) {
            records(context);
            cursor.expect('}');
        } else {
            cursor.moveTo(start);
            events.parseObject(cursor, context);
        }
        cursor.expectEnd();
    }

    private boolean beginsWithRecords() throws MismatchException {
        cursor.expect('{');
        if (cursor.peek() != '"') {
            return false;
        }
        cursor.readString();
        return Arrays.equals(
                RECORDS, 0, RECORDS.length, cursor.bytes(), cursor.tokenStart(), cursor.tokenEnd());
    }

    private void records(RecordContext context) throws MismatchException {
        cursor.expect(':');
        cursor.expect('[');
        if (cursor.peek() == ']') {
            cursor.expect(']');
            return;
        }
        while (true) {
            events.parseObject(cursor, context);
            if (cursor.peek() == ']') {
                cursor.expect(']');
                return;
            }
            cursor.expect(',');
        }
    }
}
