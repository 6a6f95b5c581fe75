package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import org.jspecify.annotations.Nullable;

/** Records that are one JSON object each. */
public final class JsonRecordParser implements RecordParser {

    private final Schema schema;
    private final EventBuilder builder;
    private final ObjectConverter event;
    private @Nullable Member wholeRecord;

    public JsonRecordParser(Schema schema, EventBuilder builder) {
        this.schema = schema;
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

    /**
     * The fields of an object in the event.
     *
     * @param path the names of the fields that lead to it, none for the event itself; a list stands
     *     for its elements
     */
    public ObjectFields fields(String... path) {
        ObjectConverter object = event;
        for (String name : path) {
            Member member = new ObjectFields(object, builder).field(name);
            ValueConverter converter = member.converter();
            while (converter instanceof ArrayConverter array) {
                converter = array.element();
            }
            if (!(converter instanceof ObjectConverter next)) {
                throw new IllegalArgumentException("Field " + name + " holds no objects");
            }
            object = next;
        }
        return new ObjectFields(object, builder);
    }

    /** Copies each record whole to a field too, whatever the record has under its name. */
    public void copyRecordTo(String field) {
        if (schema.isMasked()) {
            throw new IllegalArgumentException(
                    "Schema " + schema.name() + ": masked fields would be seen in " + field);
        }
        wholeRecord = fields().field(field);
    }

    /** Adds the event in the object that the cursor is at. */
    public void parseObject(JsonCursor cursor, RecordContext context) throws MismatchException {
        if (cursor.peek() != '{') {
            throw cursor.unexpected("a JSON object");
        }
        builder.begin();
        event.begin();
        if (wholeRecord != null) {
            int start = cursor.position();
            event.json(wholeRecord, cursor);
            cursor.moveTo(start);
        }
        event.members(cursor);
        builder.end(schema.name(), context);
    }
}
