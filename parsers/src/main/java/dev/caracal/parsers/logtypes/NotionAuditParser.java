package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.json.JsonCopier;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;

/**
 * Notion.AuditLogs: what belongs to a kind of event stands in a member that has the event's type as
 * its name, such as {@code page.viewed}; it becomes {@code details}, unless there is one already.
 */
public final class NotionAuditParser implements RecordParser {

    private final JsonCursor cursor = new JsonCursor();
    private final JsonOutput record = new JsonOutput();
    private final JsonCopier copier = new JsonCopier(cursor, record);
    private final JsonRecordParser events;

    public NotionAuditParser(Schema schema, EventBuilder builder) {
        this.events = new JsonRecordParser(schema, builder);
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        cursor.reset(buffer, offset, length);
        if (cursor.peek() != '{') {
            throw cursor.unexpected("a JSON object");
        }
        record.clear();
        record.raw('{');
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            String name = name();
            key(name);
            if (name.equals("event") && cursor.peek() == '{') {
                event();
            } else {
                copier.copy();
            }
        }
        record.raw('}');
        cursor.expectEnd();
        byte[] json = record.copy();
        events.parse(json, 0, json.length, context);
    }

    private void event() throws MismatchException {
        int start = cursor.position();
        String type = nameOfDetails();
        cursor.moveTo(start);
        record.raw('{');
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            String name = name();
            key(name.equals(type) ? "details" : name);
            copier.copy();
        }
        record.raw('}');
    }

    /** The event's type, such as {@code page.viewed}; but details stay what they are. */
    private String nameOfDetails() throws MismatchException {
        String type = "";
        boolean hasDetails = false;
        int mark = record.length();
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            String name = name();
            hasDetails |= name.equals("details");
            if (name.equals("type") && cursor.peek() == '"') {
                cursor.readString();
                type = cursor.text().toString();
            } else {
                copier.copy();
                record.rollback(mark);
            }
        }
        return hasDetails || !type.contains(".") ? "details" : type;
    }

    private String name() throws MismatchException {
        cursor.readString();
        String name = cursor.text().toString();
        cursor.expect(':');
        return name;
    }

    private void key(String name) {
        record.separate();
        record.string(name);
        record.raw(':');
    }
}
