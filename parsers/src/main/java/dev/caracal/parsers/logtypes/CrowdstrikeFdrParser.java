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

    private static final byte[] SIMPLE_NAME = encode("event_simpleName");

    /** The kind of detections and of what else comes from Falcon's cloud, not from a sensor. */
    private static final byte[] EXTERNAL_API_TYPE = encode("ExternalApiType");

    private static final byte[][] COMMON =
            Stream.of(
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
                            "TreeId")
                    .map(CrowdstrikeFdrParser::encode)
                    .toArray(byte[][]::new);

    private static final byte[] KIND_KEY = JsonOutput.encodeKey("fdr_event_type");
    private static final byte[] RECORD_KEY = JsonOutput.encodeKey("event");

    private final JsonCursor cursor = new JsonCursor();
    private final JsonOutput event = new JsonOutput();
    private final JsonCopier copier = new JsonCopier(cursor, event);
    private final JsonRecordParser events;

    private int kindStart;
    private int kindEnd;
    private boolean kindIsSimpleName;

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
        kindEnd = 0;
        kindIsSimpleName = false;
        event.clear();
        event.raw('{');
        commonMembers();
        int end = cursor.position();
        cursor.expectEnd();
        if (kindEnd == 0) {
            throw new MismatchException("event_simpleName: is required and missing");
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
        if (text) {
            kind(nameStart, nameEnd, valueStart);
        }
        if (!isCommon(nameStart, nameEnd)) {
            event.rollback(mark);
        }
    }

    private void kind(int nameStart, int nameEnd, int valueStart) {
        boolean simpleName = isNamed(SIMPLE_NAME, nameStart, nameEnd);
        if (simpleName || (!kindIsSimpleName && isNamed(EXTERNAL_API_TYPE, nameStart, nameEnd))) {
            kindStart = valueStart;
            kindEnd = cursor.position();
            kindIsSimpleName = simpleName;
        }
    }

    private boolean isCommon(int nameStart, int nameEnd) {
        for (byte[] name : COMMON) {
            if (isNamed(name, nameStart, nameEnd)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(byte[] name, int start, int end) {
        return Arrays.equals(name, 0, name.length, cursor.bytes(), start, end);
    }

    private static byte[] encode(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
