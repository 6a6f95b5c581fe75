package dev.caracal.parsers.schema;

import dev.caracal.parsers.schema.FieldType.ArrayType;
import dev.caracal.parsers.schema.FieldType.BooleanType;
import dev.caracal.parsers.schema.FieldType.FloatType;
import dev.caracal.parsers.schema.FieldType.IntegerType;
import dev.caracal.parsers.schema.FieldType.ObjectType;
import dev.caracal.parsers.schema.FieldType.StringType;
import dev.caracal.parsers.schema.FieldType.TimestampType;

/** How people call the type of a field: {@code string}, {@code array of object}. */
public final class TypeName {

    private TypeName() {}

    public static String of(FieldType fieldType) {
        if (fieldType instanceof ArrayType type) {
            return "array of " + of(type.element());
        }
        if (fieldType instanceof IntegerType type) {
            return type.name();
        }
        if (fieldType instanceof StringType) {
            return "string";
        }
        if (fieldType instanceof ObjectType) {
            return "object";
        }
        if (fieldType instanceof TimestampType) {
            return "timestamp";
        }
        if (fieldType instanceof BooleanType) {
            return "boolean";
        }
        return fieldType instanceof FloatType ? "float" : "json";
    }
}
