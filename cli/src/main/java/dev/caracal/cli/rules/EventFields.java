package dev.caracal.cli.rules;

import dev.caracal.cli.ClosestName;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.schema.ColumnName;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.rules.FieldRead;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields that events of one log type have, as its schema lists them, whatever their case. */
record EventFields(LogType logType) {

    /** Every event has fields of this kind. */
    private static final String CORE_FIELD = "p_";

    /**
     * A key that leads nowhere.
     *
     * @param keys up to that key
     * @param closest what was likely meant
     */
    record Unknown(List<String> keys, Optional<String> closest) {
        Unknown {
            keys = List.copyOf(keys);
        }
    }

    /** The first of the keys that no event has; empty if there may be a value. */
    Optional<Unknown> unknown(List<String> keys) {
        if (keys.get(0).startsWith(CORE_FIELD)) {
            return Optional.empty();
        }
        FieldType type = new FieldType.ObjectType(logType.schema().fields());
        for (int i = 0; i < keys.size(); i++) {
            type = unpack(type, keys.get(i));
            if (type instanceof FieldType.JsonType) {
                return Optional.empty();
            }
            if (isElement(keys.get(i))) {
                continue;
            }
            List<Field> fields =
                    type instanceof FieldType.ObjectType object ? object.fields() : List.of();
            FieldType next = find(fields, keys.get(i));
            if (next == null) {
                List<String> names =
                        fields.stream().map(field -> ColumnName.of(field.name())).toList();
                return Optional.of(
                        new Unknown(keys.subList(0, i + 1), ClosestName.near(keys.get(i), names)));
            }
            type = next;
        }
        return Optional.empty();
    }

    /** Walks into a list, also where the key does not say so: some functions do. */
    private static FieldType unpack(FieldType type, String key) {
        FieldType inner = type;
        while (inner instanceof FieldType.ArrayType array) {
            inner = array.element();
            if (isElement(key)) {
                return inner;
            }
        }
        return inner;
    }

    private static boolean isElement(String key) {
        return key.equals(FieldRead.ELEMENT) || key.chars().allMatch(Character::isDigit);
    }

    private static @Nullable FieldType find(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> ColumnName.of(field.name()).equalsIgnoreCase(name))
                .map(Field::type)
                .findFirst()
                .orElse(null);
    }
}
