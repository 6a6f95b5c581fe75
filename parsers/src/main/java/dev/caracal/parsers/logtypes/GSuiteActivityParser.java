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
 * GSuite.ActivityEvent: an activity of the Google Workspace Reports API becomes one event for each
 * element of its list {@code events}, whose list of parameters becomes an object.
 */
public final class GSuiteActivityParser implements RecordParser {

    private final JsonCursor cursor = new JsonCursor();

    /** The members that all events of the activity have. */
    private final JsonOutput shared = new JsonOutput();

    private final JsonOutput event = new JsonOutput();
    private final JsonCopier sharedCopier = new JsonCopier(cursor, shared);
    private final JsonCopier eventCopier = new JsonCopier(cursor, event);
    private final GSuiteParameters parameters = new GSuiteParameters(cursor, event);
    private final JsonRecordParser events;

    public GSuiteActivityParser(Schema schema, EventBuilder builder) {
        this.events = new JsonRecordParser(schema, builder);
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        cursor.reset(buffer, offset, length);
        if (cursor.peek() != '{') {
            throw cursor.unexpected("a JSON object");
        }
        int list = sharedMembers();
        cursor.expectEnd();
        if (list < 0) {
            throw new MismatchException("events: is required and missing");
        }
        byte[] members = shared.copy();
        cursor.moveTo(list);
        for (boolean more = cursor.enter('[', ']'); more; more = cursor.next(']')) {
            event.clear();
            event.raw(members);
            ownMembers();
            event.raw('}');
            byte[] json = event.copy();
            events.parse(json, 0, json.length, context);
        }
    }

    /**
     * Copies the activity's members except the list of events, which is passed over.
     *
     * @return where the list is, or -1
     */
    private int sharedMembers() throws MismatchException {
        int list = -1;
        shared.clear();
        shared.raw('{');
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            int mark = shared.length();
            boolean isEvents = copyName(shared).equals("events") && cursor.peek() == '[';
            int start = cursor.position();
            sharedCopier.copy();
            if (isEvents) {
                list = start;
                shared.rollback(mark);
            }
        }
        return list;
    }

    private void ownMembers() throws MismatchException {
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            if (copyName(event).equals("parameters") && cursor.peek() == '[') {
                parameters.writeObject();
            } else {
                eventCopier.copy();
            }
        }
    }

    private String copyName(JsonOutput out) throws MismatchException {
        cursor.readString();
        String name = cursor.text().toString();
        out.separate();
        out.string(name);
        out.raw(':');
        cursor.expect(':');
        return name;
    }
}
