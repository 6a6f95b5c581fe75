package dev.caracal.parsers.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that are the elements of a list at a path in a JSON object, such as {@code Records} of
 * CloudTrail. The objects may have other members, which are passed over without being kept, and
 * others may follow them; one without the list is a rejected record, {@code null} is an empty list.
 */
final class NestedArrayStream implements LogStream {

    /** A text member by which an object says that its list holds no records. */
    record Marker(String member, String value) {}

    private enum Place {
        BETWEEN_OBJECTS,
        IN_OBJECT,
        IN_LIST
    }

    private final String name;
    private final String path;
    private final ByteWindow window;
    private final JsonBoundary boundary;
    private final JsonElements elements;
    private final List<byte[]> memberNames;
    private final byte[] markerName;
    private final byte[] markerValue;

    private Place place = Place.BETWEEN_OBJECTS;

    /** How many objects of the path are open inside the outermost. */
    private int level;

    private boolean hasList;
    private boolean marked;
    private String excerpt = "";

    /**
     * @param name what the log stream is called
     * @param path names of members, separated by dots
     */
    NestedArrayStream(String name, String path, @Nullable Marker marker, ByteWindow window) {
        this.name = name;
        this.path = path;
        this.window = window;
        this.boundary = new JsonBoundary(window);
        this.elements = new JsonElements(window);
        this.memberNames =
                Arrays.stream(path.split("\\.", -1)).map(NestedArrayStream::quoted).toList();
        this.markerName = marker == null ? new byte[0] : quoted(marker.member());
        this.markerValue = marker == null ? new byte[0] : quoted(marker.value());
    }

    private static byte[] quoted(String text) {
        return ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return name;
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
                case IN_LIST -> {
                    if (elements.next()) {
                        return true;
                    }
                    place = Place.IN_OBJECT;
                    endMember();
                }
            }
        }
    }

    private void openObject() throws IOException {
        window.mark = window.position;
        window.fillTo(ByteWindow.EXCERPT);
        excerpt = window.excerpt();
        JsonSyntax.expect(window, '{', "a JSON object with a list " + path);
        hasList = false;
        marked = false;
        level = 0;
        place = Place.IN_OBJECT;
        endEmptyObject();
    }

    /** Passes over a member, or stops at the records. */
    private void member() throws IOException {
        if (JsonSyntax.peek(window) != '"') {
            throw JsonSyntax.unexpected(window, "a member's name");
        }
        boundary.pass();
        boolean onPath = isToken(memberNames.get(level));
        boolean isMarker = level == 0 && isToken(markerName);
        JsonSyntax.expect(window, ':', "':' after a member's name");
        int first = JsonSyntax.peek(window);
        boolean atEndOfPath = level == memberNames.size() - 1;
        if (onPath && first == '{' && !atEndOfPath) {
            window.position++;
            level++;
            endEmptyObject();
            return;
        }
        if (onPath && atEndOfPath && (first == '[' || first == 'n')) {
            hasList = true;
            if (first == '[' && !marked) {
                elements.open();
                place = Place.IN_LIST;
                return;
            }
        }
        if (isMarker && first == '"') {
            boundary.pass();
            marked = isToken(markerValue);
        } else {
            boundary.skip();
        }
        endMember();
    }

    /** Whether the string just passed is the one given, quotes included. */
    private boolean isToken(byte[] quoted) {
        return Arrays.equals(
                quoted, 0, quoted.length, window.bytes(), window.mark, window.position);
    }

    private void endEmptyObject() throws IOException {
        if (JsonSyntax.peek(window) == '}') {
            endMember();
        }
    }

    private void endMember() throws IOException {
        while (JsonSyntax.peek(window) == '}') {
            window.position++;
            if (level == 0) {
                endObject();
                return;
            }
            level--;
        }
        JsonSyntax.expect(window, ',', "',' or '}' after a member");
    }

    private void endObject() throws RecordRejectedException {
        place = Place.BETWEEN_OBJECTS;
        if (!hasList) {
            throw new RecordRejectedException(
                    "no-records", "Expected a JSON object with a list " + path, excerpt);
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
