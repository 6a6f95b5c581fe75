package dev.caracal.parsers.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records that are the elements of the list {@code Records} in a JSON object, as CloudTrail
 * delivers them. The object may have other members, and others may follow it; one without such a
 * list is a rejected record.
 */
final class CloudTrailStream implements LogStream {

    private static final byte[] RECORDS = "\"Records\"".getBytes(StandardCharsets.US_ASCII);

    private enum Place {
        BETWEEN_OBJECTS,
        IN_OBJECT,
        IN_RECORDS
    }

    private final ByteWindow window;
    private final JsonBoundary boundary;
    private final JsonElements records;

    private Place place = Place.BETWEEN_OBJECTS;
    private boolean hasRecords;
    private String excerpt = "";

    CloudTrailStream(ByteWindow window) {
        this.window = window;
        this.boundary = new JsonBoundary(window);
        this.records = new JsonElements(window);
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            switch (place) {
                case BETWEEN_OBJECTS -> {
                    if (!window.skipBlanks()) {
                        return false;
                    }
                    openObject();
                }
                case IN_OBJECT -> member();
                case IN_RECORDS -> {
                    if (records.next()) {
                        return true;
                    }
                    place = Place.IN_OBJECT;
                    endMember();
                }
            }
        }
    }

    /** Whether the last object looked at has the list. */
    boolean hasRecords() {
        return hasRecords;
    }

    private void openObject() throws IOException {
        window.mark = window.position;
        window.fillTo(ByteWindow.EXCERPT);
        excerpt = window.excerpt();
        JsonSyntax.expect(window, '{', "a JSON object with a list Records");
        hasRecords = false;
        place = Place.IN_OBJECT;
        if (JsonSyntax.peek(window) == '}') {
            window.position++;
            endObject();
        }
    }

    /** Passes over a member, or stops at the records. */
    private void member() throws IOException {
        if (JsonSyntax.peek(window) != '"') {
            throw JsonSyntax.unexpected(window, "a member's name");
        }
        boundary.pass();
        boolean named =
                Arrays.equals(
                        RECORDS, 0, RECORDS.length, window.bytes(), window.mark, window.position);
        JsonSyntax.expect(window, ':', "':' after a member's name");
        if (JsonSyntax.peek(window) == '[' && named) {
            hasRecords = true;
            records.open();
            place = Place.IN_RECORDS;
            return;
        }
        boundary.skip();
        endMember();
    }

    private void endMember() throws IOException {
        if (JsonSyntax.peek(window) == '}') {
            window.position++;
            endObject();
            return;
        }
        JsonSyntax.expect(window, ',', "',' or '}' after a member");
    }

    private void endObject() throws RecordRejectedException {
        place = Place.BETWEEN_OBJECTS;
        if (!hasRecords) {
            throw new RecordRejectedException(
                    "no-records", "Expected a JSON object with a list Records", excerpt);
        }
    }

    @Override
    public byte[] buffer() {
        return window.bytes();
    }

    @Override
    public int offset() {
        return window.mark;
    }

    @Override
    public int length() {
        return window.position - window.mark;
    }
}
