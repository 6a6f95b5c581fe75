package dev.caracal.parsers.schema;

import java.util.List;
import java.util.Objects;

/**
 * The shape of a log type: its fields, and how a raw record is taken apart.
 *
 * @param name name of the log type, for example {@code AWS.CloudTrail}
 * @param referenceUrl the vendor's documentation, empty if there is none
 */
public record Schema(
        String name,
        String description,
        String referenceUrl,
        List<Field> fields,
        ParserSpec parser) {

    public Schema {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(description, "description is null");
        Objects.requireNonNull(referenceUrl, "referenceUrl is null");
        Objects.requireNonNull(parser, "parser is null");
        fields = List.copyOf(fields);
    }
}
