package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.ColumnName;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldSource;
import java.nio.charset.StandardCharsets;

/** A field of a schema, made ready for writing. */
public final class Member {

    final byte[] name;
    private final String field;
    private final byte[] key;
    private final boolean required;
    private final boolean derived;
    private final boolean masked;
    private final ValueConverter converter;

    /** The object, counted by its converter, in which the member last had a value. */
    private long writtenIn = -1;

    /** Where its value, if it came as JSON, starts in the record. */
    private int valueStart;

    Member(Field field, ValueConverter converter) {
        this.field = field.name();
        this.name = sourceKey(field).getBytes(StandardCharsets.UTF_8);
        this.key = JsonOutput.encodeKey(ColumnName.of(this.field));
        this.required = field.required();
        this.derived = !(field.source() instanceof FieldSource.Key);
        this.masked = field.type().isMasked();
        this.converter = converter;
    }

    private static String sourceKey(Field field) {
        return field.source() instanceof FieldSource.Key key ? key.name() : field.name();
    }

    String field() {
        return field;
    }

    /** The key that it is found by. */
    String name() {
        return new String(name, StandardCharsets.UTF_8);
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

    /** Whether its value is made of others. */
    boolean isDerived() {
        return derived;
    }

    /** Whether a text in it must not be seen. */
    boolean isMasked() {
        return masked;
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
