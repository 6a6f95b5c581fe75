package dev.caracal.parsers.schema;

import java.util.Objects;

/**
 * A field of an event or of an object in it.
 *
 * @param name as the vendor writes it; {@link ColumnName} gives its name in events
 * @param required the field must be there and not be null
 * @param description empty if there is none
 * @param source where its value comes from
 */
public record Field(
        String name, FieldType type, boolean required, String description, FieldSource source) {

    public Field {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(description, "description is null");
        Objects.requireNonNull(source, "source is null");
    }

    /** A field whose value is under its name. */
    public Field(String name, FieldType type, boolean required, String description) {
        this(name, type, required, description, new FieldSource.Key(name));
    }
}
