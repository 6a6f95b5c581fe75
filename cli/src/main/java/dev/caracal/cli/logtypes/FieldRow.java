package dev.caracal.cli.logtypes;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.schema.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A field as a table shows it.
 *
 * @param path for example {@code actor.id} or, below an array, {@code target[].id}
 * @param indicators names of the scanners that look for indicators in it
 */
record FieldRow(
        String path, String type, boolean required, List<String> indicators, String description) {

    FieldRow {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(description, "description is null");
        indicators = List.copyOf(indicators);
    }

    /** All fields, each object's after the object. */
    static List<FieldRow> of(List<Field> fields) {
        List<FieldRow> rows = new ArrayList<>();
        add(fields, "", rows);
        return rows;
    }

    private static void add(List<Field> fields, String prefix, List<FieldRow> rows) {
        for (Field field : fields) {
            String path = prefix + field.name();
            rows.add(
                    new FieldRow(
                            path,
                            TypeName.of(field.type()),
                            field.required(),
                            indicators(field.type()),
                            field.description().strip().replaceAll("\\s+", " ")));
            FieldType type = field.type();
            while (type instanceof FieldType.ArrayType array) {
                path += "[]";
                type = array.element();
            }
            if (type instanceof FieldType.ObjectType object) {
                add(object.fields(), path + '.', rows);
            }
        }
    }

    static List<String> indicators(FieldType fieldType) {
        if (fieldType instanceof FieldType.ArrayType type) {
            return indicators(type.element());
        }
        if (fieldType instanceof FieldType.StringType type) {
            return type.indicators().stream().map(Scanner::schemaName).toList();
        }
        boolean aws = fieldType instanceof FieldType.JsonType type && type.awsIndicators();
        return aws ? List.of("aws_json") : List.of();
    }
}
