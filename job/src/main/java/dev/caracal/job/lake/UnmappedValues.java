package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Values that a row has no column for, each at its place: what {@link UnmappedMembers} has put into
 * {@link CoreColumns#UNMAPPED}. A name may have dots in it, so that only the columns tell where a
 * path leads.
 */
final class UnmappedValues {

    /** By name of a member, or {@code [2]} for an element of a list. */
    private final Map<String, UnmappedValues> below = new LinkedHashMap<>();

    private byte @Nullable [] json;

    /**
     * @throws MismatchException if it is no JSON object
     */
    static UnmappedValues read(byte[] json, Types.StructType columns) throws MismatchException {
        UnmappedValues root = new UnmappedValues();
        JsonCursor cursor = new JsonCursor();
        cursor.reset(json, 0, json.length);
        if (!cursor.enter('{', '}')) {
            return root;
        }
        do {
            cursor.readString();
            String path = cursor.text().toString();
            cursor.expect(':');
            cursor.peek();
            int start = cursor.position();
            cursor.skip();
            root.put(columns, path, Arrays.copyOfRange(json, start, cursor.position()));
        } while (cursor.next('}'));
        return root;
    }

    private void put(Type type, String path, byte[] value) {
        if (path.isEmpty()) {
            json = value;
            return;
        }
        if (type.isListType()) {
            int end = path.indexOf(']') + 1;
            below(path.substring(0, end))
                    .put(type.asListType().elementType(), afterDot(path.substring(end)), value);
            return;
        }
        Types.NestedField column = type.isStructType() ? find(type.asStructType(), path) : null;
        if (column == null) {
            below(path).json = value;
            return;
        }
        String rest = path.substring(column.name().length());
        below(column.name()).put(column.type(), afterDot(rest), value);
    }

    /** The column with the longest name that the path goes through, or ends at. */
    private static Types.@Nullable NestedField find(Types.StructType type, String path) {
        Types.NestedField found = null;
        for (Types.NestedField field : type.fields()) {
            boolean longer = found == null || field.name().length() > found.name().length();
            if (longer && leads(path, field)) {
                found = field;
            }
        }
        return found;
    }

    private static boolean leads(String path, Types.NestedField field) {
        int end = field.name().length();
        if (!path.startsWith(field.name())) {
            return false;
        }
        return path.length() == end
                || (path.charAt(end) == '.' && field.type().isStructType())
                || (path.charAt(end) == '[' && field.type().isListType());
    }

    private static String afterDot(String path) {
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private UnmappedValues below(String name) {
        return below.computeIfAbsent(name, key -> new UnmappedValues());
    }

    /** What stands here itself; null if nothing does. */
    byte @Nullable [] json() {
        return json;
    }

    @Nullable UnmappedValues member(String name) {
        return below.get(name);
    }

    @Nullable UnmappedValues element(int index) {
        return below.get("[" + index + ']');
    }

    Map<String, UnmappedValues> members() {
        return below;
    }
}
