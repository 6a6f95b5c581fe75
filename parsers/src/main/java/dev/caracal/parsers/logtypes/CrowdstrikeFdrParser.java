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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Crowdstrike.FDREvent: a flat record becomes an event that has the record whole in {@code event},
 * beside it what records of all kinds have, and its kind in {@code fdr_event_type}.
 */
public final class CrowdstrikeFdrParser implements RecordParser {

    /** The members that tell the kind of a record, the first one before the others. */
    private static final byte[][] KINDS =
            encode("event_simpleName", "event_type", "ExternalApiType");

    private static final byte[][] COMMON =
            encode(
                    "_time",
                    "aid",
                    "aip",
                    "cid",
                    "ComputerName",
                    "ConfigBuild",
                    "ConfigStateHash",
                    "ContextProcessId",
                    "ContextThreadId",
                    "ContextTimeStamp",
                    "EffectiveTransmissionClass",
                    "Entitlements",
                    "event_platform",
                    "event_simpleName",
                    "Hostname",
                    "id",
                    "InContext",
                    "name",
                    "timestamp",
                    "TreeId");

    private static final byte[] KIND_KEY = JsonOutput.encodeKey("fdr_event_type");
    private static final byte[] RECORD_KEY = JsonOutput.encodeKey("event");

    private final JsonCursor cursor = new JsonCursor();
    private final JsonOutput event = new JsonOutput();
    private final JsonCopier copier = new JsonCopier(cursor, event);
    private final JsonRecordParser events;

    private int kind;
    private int kindStart;
    private int kindEnd;

    public CrowdstrikeFdrParser(Schema schema, EventBuilder builder) {
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
        kind = KINDS.length;
        event.clear();
        event.raw('{');
        commonMembers();
        int end = cursor.position();
        cursor.expectEnd();
        if (kind == KINDS.length) {
            throw new MismatchException(
                    "event_simpleName, event_type or ExternalApiType: is required and missing");
        }
        event.key(KIND_KEY);
        event.raw(buffer, kindStart, kindEnd - kindStart);
        event.key(RECORD_KEY);
        event.raw(buffer, start, end - start);
        event.raw('}');
        byte[] json = event.copy();
        events.parse(json, 0, json.length, context);
    }

    private void commonMembers() throws MismatchException {
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            cursor.readString();
            member(cursor.tokenStart(), cursor.tokenEnd());
        }
    }

    private void member(int nameStart, int nameEnd) throws MismatchException {
        int mark = event.length();
        event.separate();
        event.raw(cursor.bytes(), nameStart - 1, nameEnd - nameStart + 2);
        event.raw(':');
        cursor.expect(':');
        boolean text = cursor.peek() == '"';
        int valueStart = cursor.position();
        copier.copy();
        int found = indexOf(KINDS, nameStart, nameEnd);
        if (text && found >= 0 && found < kind) {
            kind = found;
            kindStart = valueStart;
            kindEnd = cursor.position();
        }
        if (indexOf(COMMON, nameStart, nameEnd) < 0) {
            event.rollback(mark);
        }
    }

    private int indexOf(byte[][] names, int start, int end) {
        for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(names[i], 0, names[i].length, cursor.bytes(), start, end)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[][] encode(String... names) {
        return Stream.of(names)
                .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }
}
