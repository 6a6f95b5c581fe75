package dev.caracal.rules.lookup;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@link LookupTables#ENRICHMENT} behind the last field of an event. Rows come sorted by
 * table.
 */
final class Enrichment {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] FIELD = utf8('"' + LookupTables.ENRICHMENT + '"');
    private static final byte[] MATCH = utf8('"' + LookupTables.MATCH + "\":");

    private final byte[] event;
    private String table = "";
    private boolean first;

    /** Null as long as there is no row. */
    private @Nullable ByteArrayOutputStream out;

    Enrichment(byte[] event) {
        this.event = event;
    }

    /** Begins the rows of a selector. */
    void begin(String newTable, String selector, boolean isList) throws IOException {
        ByteArrayOutputStream to = out == null ? start() : out;
        out = to;
        if (newTable.equals(table)) {
            to.write(',');
        } else {
            to.writeBytes(utf8(table.isEmpty() ? "" : "},"));
            to.writeBytes(quoted(newTable));
            to.writeBytes(utf8(":{"));
            table = newTable;
        }
        to.writeBytes(quoted(selector));
        to.writeBytes(utf8(isList ? ":[" : ":"));
        first = true;
    }

    void add(byte[] row, SelectorTree.Value value) {
        ByteArrayOutputStream to = started();
        if (!first) {
            to.write(',');
        }
        first = false;
        open(row, to);
        to.writeBytes(MATCH);
        to.writeBytes(value.isText() ? quoted(value.text()) : utf8(value.text()));
        to.write('}');
    }

    void end(boolean isList) {
        if (isList) {
            started().write(']');
        }
    }

    /** The event with the rows; the event itself if there are none. */
    byte[] finish() {
        if (out == null) {
            return event;
        }
        out.writeBytes(utf8("}}}"));
        return out.toByteArray();
    }

    private ByteArrayOutputStream started() {
        if (out == null) {
            throw new IllegalStateException("begin comes first");
        }
        return out;
    }

    private ByteArrayOutputStream start() throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream(event.length + 1024);
        open(withoutEnrichment(), to);
        to.writeBytes(FIELD);
        to.writeBytes(utf8(":{"));
        return to;
    }

    private byte[] withoutEnrichment() throws IOException {
        for (int i = 0; i <= event.length - FIELD.length; i++) {
            if (event[i] == '"' && startsAt(i)) {
                JsonNode tree = JSON.readTree(event);
                ((ObjectNode) tree).remove(LookupTables.ENRICHMENT);
                return JSON.writeValueAsBytes(tree);
            }
        }
        return event;
    }

    private boolean startsAt(int offset) {
        for (int i = 0; i < FIELD.length; i++) {
            if (event[offset + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }

    /** Writes an object, but for its closing brace, so that a field can follow. */
    private static void open(byte[] object, ByteArrayOutputStream to) {
        int end = object.length - 1;
        while (object[end] != '}') {
            end--;
        }
        to.write(object, 0, end);
        int last = end - 1;
        while (object[last] <= ' ') {
            last--;
        }
        if (object[last] != '{') {
            to.write(',');
        }
    }

    private static byte[] quoted(String text) {
        return utf8(
                '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
