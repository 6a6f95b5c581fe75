package dev.caracal.parsers.schema;

import java.util.List;
import java.util.Objects;

/**
 * The shape of a log type: its fields, and how a raw record is taken apart.
 *
 * @param name name of the log type, for example {@code AWS.CloudTrail}
 * @param referenceUrl the vendor's documentation, empty if there is none
 * @param caseInsensitive a key that no field has is that of a field which differs from it in the
 *     case of ASCII letters only
 */
public record Schema(
        String name,
        String description,
        String referenceUrl,
        List<Field> fields,
        ParserSpec parser,
        boolean caseInsensitive) {

    public Schema {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(description, "description is null");
        Objects.requireNonNull(referenceUrl, "referenceUrl is null");
        Objects.requireNonNull(parser, "parser is null");
        fields = List.copyOf(fields);
    }

    public Schema(
            String name,
            String description,
            String referenceUrl,
            List<Field> fields,
            ParserSpec parser) {
        this(name, description, referenceUrl, fields, parser, false);
    }

    /** Whether a text in it is masked. */
    public boolean isMasked() {
        return fields.stream().anyMatch(field -> field.type().isMasked());
    }
}
