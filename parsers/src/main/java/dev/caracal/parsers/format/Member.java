package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.ColumnName;
import dev.caracal.parsers.schema.Field;
import java.nio.charset.StandardCharsets;

/** A field of a schema, made ready for writing. */
public final class Member {

    final byte[] name;
    private final String field;
    private final byte[] key;
    private final boolean required;
    private final ValueConverter converter;

    /** The object, counted by its converter, in which the member last had a value. */
    private long writtenIn = -1;

    /** Where its value, if it came as JSON, starts in the record. */
    private int valueStart;

    Member(Field field, ValueConverter converter) {
        this.field = field.name();
        this.name = this.field.getBytes(StandardCharsets.UTF_8);
        this.key = JsonOutput.encodeKey(ColumnName.of(this.field));
        this.required = field.required();
        this.converter = converter;
    }

    String field() {
        return field;
    }

    byte[] key() {
        return key;
    }

    String column() {
        return ColumnName.of(field);
    }

    ValueConverter converter() {
        return converter;
    }

    boolean isRequired() {
        return required;
    }

    boolean isWrittenIn(long object) {
        return writtenIn == object;
    }

    int valueStart() {
        return valueStart;
    }

    void json(JsonCursor cursor, long object) throws MismatchException {
        JsonOutput out = converter.builder.out();
        int mark = out.length();
        out.key(key);
        valueStart = cursor.position();
        try {
            if (converter.json(cursor)) {
                writtenIn = object;
                return;
            }
            out.rollback(mark);
            if (converter.emptyIsPresent()) {
                writtenIn = object;
            }
        } catch (MismatchException e) {
            throw e.in(field);
        }
    }

    void text(byte[] bytes, int offset, int length, long object) throws MismatchException {
        JsonOutput out = converter.builder.out();
        int mark = out.length();
        out.key(key);
        try {
            if (converter.text(bytes, offset, length)) {
                writtenIn = object;
            } else {
                out.rollback(mark);
            }
        } catch (MismatchException e) {
            throw e.in(field);
        }
    }
}
