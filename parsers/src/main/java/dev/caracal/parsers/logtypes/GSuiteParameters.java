package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.json.JsonCopier;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonNumber;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;

/**
 * The parameters of a Google Workspace event: a list of objects with a name and one of {@code
 * value}, {@code intValue}, {@code boolValue}, {@code multiValue}, {@code multiIntValue}, {@code
 * messageValue} and {@code multiMessageValue}. A message has parameters of its own.
 *
 * @see <a
 *     href="https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list">Activities</a>
 */
final class GSuiteParameters {

    private interface Value {
        void write() throws MismatchException;
    }

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonCursor cursor;
    private final JsonOutput out;
    private final JsonCopier copier;

    GSuiteParameters(JsonCursor cursor, JsonOutput out) {
        this.cursor = cursor;
        this.out = out;
        this.copier = new JsonCopier(cursor, out);
    }

    /** Writes the list that the cursor is at as an object of names and values. */
    void writeObject() throws MismatchException {
        out.raw('{');
        parameters();
        out.raw('}');
    }

    private void parameters() throws MismatchException {
        for (boolean more = cursor.enter('[', ']'); more; more = cursor.next(']')) {
            parameter();
        }
    }

    /** Finds name and value, which stand in any order, before it writes them. */
    private void parameter() throws MismatchException {
        String name = "";
        String type = "";
        int value = -1;
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            String member = name();
            if (member.equals("name") && cursor.peek() == '"') {
                cursor.readString();
                name = cursor.text().toString();
            } else {
                type = member;
                value = cursor.position();
                skip();
            }
        }
        int end = cursor.position();
        out.separate();
        out.string(name);
        out.raw(':');
        if (value < 0) {
            out.raw(NULL);
            return;
        }
        cursor.moveTo(value);
        value(type);
        cursor.moveTo(end);
    }

    private void value(String type) throws MismatchException {
        switch (type) {
            case "intValue" -> number();
            case "multiIntValue" -> list(this::number);
            case "messageValue" -> message();
            case "multiMessageValue" -> list(this::message);
            default -> copier.copy();
        }
    }

    /** The API writes whole numbers as text. */
    private void number() throws MismatchException {
        if (cursor.peek() != '"') {
            copier.copy();
            return;
        }
        cursor.readString();
        JsonText text = cursor.text();
        int end = text.offset() + text.length();
        if (JsonNumber.length(text.bytes(), text.offset(), end) == text.length()) {
            out.raw(text.bytes(), text.offset(), text.length());
        } else {
            out.string(text.bytes(), text.offset(), text.length());
        }
    }

    private void message() throws MismatchException {
        out.raw('{');
        for (boolean more = cursor.enter('{', '}'); more; more = cursor.next('}')) {
            if (name().equals("parameter") && cursor.peek() == '[') {
                parameters();
            } else {
                skip();
            }
        }
        out.raw('}');
    }

    private void list(Value element) throws MismatchException {
        out.raw('[');
        for (boolean more = cursor.enter('[', ']'); more; more = cursor.next(']')) {
            out.separate();
            element.write();
        }
        out.raw(']');
    }

    private String name() throws MismatchException {
        cursor.readString();
        String name = cursor.text().toString();
        cursor.expect(':');
        cursor.peek();
        return name;
    }

    private void skip() throws MismatchException {
        int mark = out.length();
        copier.copy();
        out.rollback(mark);
    }
}
