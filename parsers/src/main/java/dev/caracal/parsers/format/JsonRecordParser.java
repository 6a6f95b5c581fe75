package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;

/** Records that are one JSON object each. */
public final class JsonRecordParser implements RecordParser {

    private final String logType;
    private final EventBuilder builder;
    private final ObjectConverter event;

    public JsonRecordParser(Schema schema, EventBuilder builder) {
        this.logType = schema.name();
        this.builder = builder;
        this.event = new Converters(schema, false, builder).event();
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        JsonCursor cursor = builder.cursor();
        cursor.reset(buffer, offset, length);
        parseObject(cursor, context);
        cursor.expectEnd();
    }

    /** Adds the event in the object that the cursor is at. */
    public void parseObject(JsonCursor cursor, RecordContext context) throws MismatchException {
        if (cursor.peek() != '{') {
            throw cursor.unexpected("a JSON object");
        }
        builder.begin();
        event.members(cursor);
        builder.end(logType, context);
    }
}
