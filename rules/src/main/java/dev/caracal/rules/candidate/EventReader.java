package dev.caracal.rules.candidate;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event's JSON: as a tree, in which an object is read when it is first looked into, or
 * only the text at one path. Not thread-safe.
 */
final class EventReader {

    /** Lists within lists beyond it are left to Python. */
    private static final int MAX_DEPTH = 100;

    private final JsonCursor cursor = new JsonCursor();
    private final Names names = new Names();

    /**
     * The event as rules see it.
     *
     * @throws MismatchException if it is no JSON object
     */
    Mapping.EventObject read(byte[] json, Fields fields) throws MismatchException {
        cursor.reset(json, 0, json.length);
        Mapping.EventObject event = new Mapping.EventObject(fields, null);
        members(event);
        cursor.expectEnd();
        return event;
    }

    /** Reads an object that was passed over before. */
    void read(byte[] json, int start, int end, Mapping.EventObject object) {
        try {
            cursor.reset(json, start, end - start);
            members(object);
        } catch (MismatchException e) {
            throw Unsure.UNSURE;
        }
    }

    private void members(Mapping.EventObject object) throws MismatchException {
        if (!cursor.enter('{', '}')) {
            return;
        }
        int others = names.others();
        do {
            String name = name();
            cursor.expect(':');
            object.put(name, value(0));
        } while (cursor.next('}'));
        if (names.others() > others) {
            object.allowOther();
        }
    }

    private String name() throws MismatchException {
        cursor.readString();
        requireCharacters();
        return names.get(cursor.text());
    }

    private Object value(int depth) throws MismatchException {
        switch (cursor.peek()) {
            case '{' -> {
                int start = cursor.position();
                cursor.skip();
                return new Mapping.EventObject(
                        null, new Slice(this, cursor.bytes(), start, cursor.position()));
            }
            case '[' -> {
                return list(depth);
            }
            case '"' -> {
                cursor.readString();
                requireCharacters();
                return cursor.text().toString();
            }
            case 't' -> {
                cursor.readLiteral("true");
                return true;
            }
            case 'f' -> {
                cursor.readLiteral("false");
                return false;
            }
            case 'n' -> {
                cursor.readLiteral("null");
                return Special.NONE;
            }
            default -> {
                cursor.readNumber();
                return number(cursor.text().toString());
            }
        }
    }

    private Items list(int depth) throws MismatchException {
        if (depth == MAX_DEPTH) {
            throw new MismatchException("lists within lists, too deep");
        }
        List<Object> values = new ArrayList<>();
        if (cursor.enter('[', ']')) {
            do {
                values.add(value(depth + 1));
            } while (cursor.next(']'));
        }
        return Items.list(Collections.unmodifiableList(values));
    }

    /** Half a surrogate pair is no text here, and a character in Python. */
    private void requireCharacters() throws MismatchException {
        if (cursor.loneSurrogate()) {
            throw new MismatchException("half a surrogate pair");
        }
    }

    private static Object number(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return Double.parseDouble(text);
            }
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Special.UNKNOWN;
        }
    }

    /**
     * The text at the path, keys exactly as written; null if it is not there or no text.
     *
     * <p>An event has each of its fields once. Below them is the vendor's JSON: where a key is
     * there twice, the last one counts.
     */
    @Nullable String text(byte[] json, List<String> path) throws MismatchException {
        cursor.reset(json, 0, json.length);
        return text(path, 0);
    }

    private @Nullable String text(List<String> path, int depth) throws MismatchException {
        int first = cursor.peek();
        if (depth == path.size() && first == '"') {
            cursor.readString();
            requireCharacters();
            return cursor.text().toString();
        }
        if (depth == path.size() || first != '{') {
            cursor.skip();
            return null;
        }
        String found = null;
        if (cursor.enter('{', '}')) {
            do {
                cursor.readString();
                boolean isKey = cursor.text().contentEquals(path.get(depth));
                cursor.expect(':');
                cursor.peek();
                if (!isKey) {
                    cursor.skip();
                    continue;
                }
                found = text(path, depth + 1);
                if (depth == 0) {
                    return found;
                }
            } while (cursor.next('}'));
        }
        return found;
    }

    /** Where the text of an object is. */
    record Slice(EventReader reader, byte[] json, int start, int end) {
        void readInto(Mapping.EventObject object) {
            reader.read(json, start, end, object);
        }
    }
}
