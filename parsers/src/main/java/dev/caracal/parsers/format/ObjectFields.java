package dev.caracal.parsers.format;

import dev.caracal.parsers.indicator.IndicatorSet;
import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.JsonVisitor;
import dev.caracal.parsers.json.MismatchException;

/**
 * The fields of an object in a schema, for a parser that looks at the raw values of some of them
 * when the object has been read: to refuse the record, or to find indicators that depend on more
 * than one field.
 */
public final class ObjectFields {

    private final ObjectConverter object;
    private final EventBuilder builder;

    ObjectFields(ObjectConverter object, EventBuilder builder) {
        this.object = object;
        this.builder = builder;
    }

    /** Calls the listener for each object; then the values that follow are those of the object. */
    public void onRead(ObjectListener listener) {
        object.listener(listener);
    }

    /** The field of that name, which the schema must have. */
    public Member field(String name) {
        Member member = object.find(name);
        if (member == null) {
            throw new IllegalArgumentException("The schema has no field " + name);
        }
        return member;
    }

    /** Whether the object has the field, not as null, and it may be seen. */
    public boolean has(Member field) {
        return object.isWritten(field) && !field.isMasked();
    }

    /** The text of a field that the object has; the next call for any field may overwrite it. */
    public JsonText text(Member field) throws MismatchException {
        JsonCursor cursor = builder.cursor();
        int position = cursor.position();
        cursor.moveTo(field.valueStart());
        ValueConverter.readScalar(cursor, "text");
        cursor.moveTo(position);
        return cursor.text();
    }

    /** Scans the text of a field, if the object has it. */
    public void scan(Member field, Scanner scanner) throws MismatchException {
        if (has(field)) {
            JsonText text = text(field);
            scanner.scan(text.bytes(), text.offset(), text.length(), indicators());
        }
    }

    /** Shows all strings in a field, if the object has it, to the visitor. */
    public void visit(Member field, JsonVisitor visitor) throws MismatchException {
        if (!has(field)) {
            return;
        }
        JsonCursor cursor = builder.cursor();
        int position = cursor.position();
        int mark = builder.out().length();
        cursor.moveTo(field.valueStart());
        builder.copier().copy(visitor, 0, 0);
        builder.out().rollback(mark);
        cursor.moveTo(position);
    }

    public IndicatorSet indicators() {
        return builder.indicators();
    }
}
