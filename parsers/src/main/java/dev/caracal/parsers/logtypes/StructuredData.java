package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The structured data of a syslog message (RFC 5424, section 6.3), {@code [id key="value" key2="a
 * \"quoted\" value"][id2]}, made a JSON object of elements by id.
 *
 * <p>A key may be repeated (section 7.2.1): from the second on, it gets its number after it.
 */
final class StructuredData {

    private final JsonOutput out = new JsonOutput();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();

    private byte[] bytes = new byte[0];
    private int end;
    private byte[] unescaped = new byte[0];

    /**
     * Reads the elements that begin here.
     *
     * @return where they end, at a blank or the end of the message; -1 if they do not follow the
     *     RFC
     */
    int read(byte[] buffer, int start, int messageEnd) {
        bytes = buffer;
        end = messageEnd;
        out.clear();
        out.raw('{');
        ids.clear();
        int p = start;
        while (p >= 0 && p < end && bytes[p] == '[') {
            p = element(p + 1);
        }
        boolean complete = p > start && (p == end || bytes[p] == ' ');
        out.raw('}');
        return complete ? p : -1;
    }

    byte[] json() {
        return out.copy();
    }

    /** Reads an element after its bracket; where it ends, or -1. */
    private int element(int start) {
        int p = endOfName(start);
        if (p == start || p == end) {
            return -1;
        }
        key(ids, start, p);
        out.raw('{');
        keys.clear();
        while (p >= 0 && p < end && bytes[p] == ' ') {
            p = parameter(p + 1);
        }
        out.raw('}');
        return p >= 0 && p < end && bytes[p] == ']' ? p + 1 : -1;
    }

    /** Reads {@code key="value"}; where it ends, or -1. */
    private int parameter(int start) {
        int equals = endOfName(start);
        if (equals == start
                || equals + 1 >= end
                || bytes[equals] != '='
                || bytes[equals + 1] != '"') {
            return -1;
        }
        int first = equals + 2;
        int p = first;
        boolean escaped = false;
        while (p < end && bytes[p] != '"') {
            boolean escape = bytes[p] == '\\' && p + 1 < end && isEscapable(bytes[p + 1]);
            escaped |= escape;
            p += escape ? 2 : 1;
        }
        if (p >= end) {
            return -1;
        }
        key(keys, start, equals);
        if (escaped) {
            unescapedString(first, p);
        } else {
            out.string(bytes, first, p - first);
        }
        return p + 1;
    }

    /** A backslash before any other character stands for itself (section 6.3.3). */
    private static boolean isEscapable(byte b) {
        return b == '"' || b == '\\' || b == ']';
    }

    private void unescapedString(int start, int stop) {
        if (unescaped.length < stop - start) {
            unescaped = new byte[(stop - start) * 2];
        }
        int length = 0;
        for (int p = start; p < stop; p++) {
            if (bytes[p] == '\\' && isEscapable(bytes[p + 1])) {
                p++;
            }
            unescaped[length++] = bytes[p];
        }
        out.string(unescaped, 0, length);
    }

    /**
     * Writes a key, made unique.
     *
     * @param taken the keys so far, with the number that the next one of that name gets
     */
    private void key(Map<String, Integer> taken, int start, int stop) {
        String name = new String(bytes, start, stop - start, StandardCharsets.UTF_8);
        int number = taken.getOrDefault(name, 2);
        String unique = name;
        while (taken.containsKey(unique)) {
            unique = name + "_" + number++;
        }
        taken.put(name, number);
        taken.putIfAbsent(unique, 2);
        out.separate();
        out.string(unique);
        out.raw(':');
    }

    private int endOfName(int start) {
        int p = start;
        while (p < end && isNameCharacter(bytes[p])) {
            p++;
        }
        return p;
    }

    private static boolean isNameCharacter(byte b) {
        return b > ' ' && b < 127 && b != '=' && b != ']' && b != '"';
    }
}
