package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.json.JsonCopier;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The log types of CloudTrail: a record is one event, or an object whose member {@code Records} is
 * a list of events, as in the files that CloudTrail delivers.
 */
final class RecordsParser implements RecordParser {

    private static final byte[] RECORDS = "Records".getBytes(StandardCharsets.US_ASCII);

    private final JsonCursor cursor;
    private final JsonCopier copier;
    private final JsonRecordParser events;

    RecordsParser(Schema schema, EventBuilder builder) {
        this.cursor = builder.cursor();
        this.copier = builder.copier();
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
            skipMembers();
        } else {
            cursor.moveTo(start);
            eventOrRecords(context);
        }
        cursor.expectEnd();
    }

    private boolean beginsWithRecords() throws MismatchException {
        cursor.expect('{');
        if (cursor.peek() != '"') {
            return false;
        }
        cursor.readString();
        return isRecords();
    }

    /** Only an object that is no event is searched for a later member {@code Records}. */
    private void eventOrRecords(RecordContext context) throws MismatchException {
        int start = cursor.position();
        try {
            events.parseObject(cursor, context);
        } catch (MismatchException noEvent) {
            cursor.moveTo(start);
            if (!findRecords()) {
                throw noEvent;
            }
            records(context);
            skipMembers();
        }
    }

    private boolean findRecords() throws MismatchException {
        cursor.expect('{');
        while (cursor.peek() == '"') {
            cursor.readString();
            if (isRecords()) {
                return true;
            }
            cursor.expect(':');
            copier.skip();
            if (cursor.peek() != ',') {
                return false;
            }
            cursor.expect(',');
        }
        return false;
    }

    private boolean isRecords() {
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

    /** Passes over the rest of the object that holds the records. */
    private void skipMembers() throws MismatchException {
        while (cursor.peek() == ',') {
            cursor.expect(',');
            cursor.peek();
            cursor.readString();
            cursor.expect(':');
            copier.skip();
        }
        cursor.expect('}');
    }
}
