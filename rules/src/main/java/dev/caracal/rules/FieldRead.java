package dev.caracal.rules;

import java.util.List;
import java.util.Objects;

/**
 * A place in a rule that reads a field of its event.
 *
 * @param path of the YAML or Python file
 * @param keys from the event to the field; {@link #ELEMENT} for any element of a list
 */
public record FieldRead(String path, int line, Kind kind, List<String> keys) {

    /** Stands for any element of a list among the keys. */
    public static final String ELEMENT = "[]";

    /** Where the keys come from. */
    public enum Kind {
        /** They are fields of the log type. */
        FIELD,
        /** The one key is a name of the log type's data model. */
        DATA_MODEL
    }

    public FieldRead {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(kind, "kind is null");
        keys = List.copyOf(keys);
    }
}
