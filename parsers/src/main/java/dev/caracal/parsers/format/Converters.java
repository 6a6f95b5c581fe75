package dev.caracal.parsers.format;

import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import java.util.List;

/** Makes the converters for the fields of a schema. */
final class Converters {

    private final boolean lenientNumbers;
    private final EventBuilder builder;
    private int timestamps;

    /**
     * @param lenientNumbers text that is no number is left out of number fields, not refused
     */
    Converters(boolean lenientNumbers, EventBuilder builder) {
        this.lenientNumbers = lenientNumbers;
        this.builder = builder;
    }

    ObjectConverter event(List<Field> fields) {
        return object(fields, true);
    }

    private ObjectConverter object(List<Field> fields, boolean topLevel) {
        List<Member> members =
                fields.stream().map(field -> new Member(field, converter(field.type()))).toList();
        return new ObjectConverter(members, topLevel, builder);
    }

    private ValueConverter converter(FieldType fieldType) {
        if (fieldType instanceof FieldType.StringType type) {
            return new StringConverter(type, builder);
        }
        if (fieldType instanceof FieldType.ObjectType type) {
            return object(type.fields(), false);
        }
        if (fieldType instanceof FieldType.ArrayType type) {
            return new ArrayConverter(converter(type.element()), builder);
        }
        if (fieldType instanceof FieldType.TimestampType type) {
            return new TimestampConverter(type, timestamps++, builder);
        }
        if (fieldType instanceof FieldType.IntegerType type) {
            return new IntegerConverter(type, lenientNumbers, builder);
        }
        if (fieldType instanceof FieldType.JsonType type) {
            return new JsonConverter(type.awsIndicators(), builder);
        }
        return fieldType instanceof FieldType.BooleanType
                ? new BooleanConverter(builder)
                : new FloatConverter(lenientNumbers, builder);
    }
}
