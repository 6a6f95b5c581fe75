package dev.caracal.parsers.authoring;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.schema.ColumnName;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.schema.Validation;
import dev.caracal.parsers.time.TimeFormats;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides on the fields that hold what has been observed. */
final class FieldInference {

    private static final int MAX_FIELDS = 200;

    /** Objects with fewer names are none of those whose names are data. */
    private static final int FEW_FIELDS = 20;

    private static final int MAX_DEPTH = 20;

    private final ObservedValue record;
    private final @Nullable ObservedValue eventTime;

    FieldInference(ObservedValue record) {
        this.record = record;
        this.eventTime = new EventTimeChoice().choose(record);
    }

    /**
     * @throws IllegalArgumentException if there is none
     */
    List<Field> fields() {
        List<Field> fields = fields(record, 0);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("the samples have no field that is not null");
        }
        return fields;
    }

    private List<Field> fields(ObservedValue object, int depth) {
        List<Field> fields = new ArrayList<>();
        Set<String> columns = new HashSet<>();
        for (Map.Entry<String, ObservedValue> member : object.members.entrySet()) {
            String name = member.getKey();
            ObservedValue value = member.getValue();
            // Of names that make the same column, a schema can have one; events have them all.
            if (value.isSeen() && canBeField(name, depth) && columns.add(column(name))) {
                FieldType type = type(FieldWords.of(name), value, depth);
                fields.add(new Field(name, type, isRequired(type, value, object), ""));
            }
        }
        return fields;
    }

    private static boolean canBeField(String name, int depth) {
        return !name.isEmpty()
                && name.codePoints().noneMatch(c -> c <= 0xffff && Character.isSurrogate((char) c))
                && (depth > 0 || !ColumnName.of(name).startsWith("p_"));
    }

    private static String column(String name) {
        return ColumnName.of(name).toLowerCase(Locale.ROOT);
    }

    private static boolean isRequired(FieldType type, ObservedValue value, ObservedValue parent) {
        boolean emptyWillDo =
                type instanceof FieldType.StringType || type instanceof FieldType.JsonType;
        return emptyWillDo ? value.isAlwaysPresent(parent) : value.isAlwaysFilled(parent);
    }

    private FieldType type(FieldWords words, ObservedValue value, int depth) {
        if (value.isScalar()) {
            return scalar(words, value);
        }
        if (depth == MAX_DEPTH) {
            return new FieldType.JsonType(false);
        }
        ObservedValue element = value.element();
        if (value.isArray() && element != null && element.isSeen()) {
            return new FieldType.ArrayType(type(words, element, depth + 1));
        }
        if (value.isObject() && !isMap(value)) {
            List<Field> fields = fields(value, depth + 1);
            if (!fields.isEmpty()) {
                return new FieldType.ObjectType(fields);
            }
        }
        return new FieldType.JsonType(false);
    }

    /** An object with very many names, or with ever new ones. */
    static boolean isMap(ObservedValue object) {
        int names = object.members.size();
        return names > MAX_FIELDS || (names > FEW_FIELDS && names > 4 * object.membersPerObject());
    }

    private FieldType scalar(FieldWords words, ObservedValue value) {
        Optional<TextKind> time = time(words, value);
        if (time.isPresent()) {
            String format = time.get().timeFormat();
            return new FieldType.TimestampType(
                    List.of(TimeFormats.find(format).orElseThrow()), value == eventTime);
        }
        if (value.is(TextKind.BOOLEAN)) {
            return new FieldType.BooleanType();
        }
        boolean identifier = value.isQuoted() && words.nameIdentifier();
        if (value.is(TextKind.INTEGER) && !identifier) {
            return new FieldType.IntegerType(
                    "bigint", Long.MIN_VALUE, Long.MAX_VALUE, false, Optional.empty());
        }
        if (value.is(TextKind.NUMBER) && !identifier) {
            return new FieldType.FloatType();
        }
        return new FieldType.StringType(
                indicator(words, value).map(List::of).orElse(List.of()), Validation.NONE);
    }

    /** The time format that fits all values, if they are times. */
    static Optional<TextKind> time(FieldWords words, ObservedValue value) {
        for (TextKind kind : TextKind.values()) {
            if (kind.isTime()
                    && value.isScalar()
                    && value.is(kind)
                    && (!kind.isUnixTime() || words.nameTime())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static Optional<Scanner> indicator(FieldWords words, ObservedValue value) {
        if (words.nameTrace()) {
            return Optional.of(Scanner.TRACE_ID);
        }
        for (TextKind kind : TextKind.values()) {
            boolean nameFits =
                    switch (kind) {
                        case HOSTNAME -> words.nameHost();
                        case ACCOUNT_ID -> words.nameAccount();
                        default -> true;
                    };
            if (kind.scanner().isPresent() && value.is(kind) && nameFits) {
                return kind.scanner();
            }
        }
        return words.nameUser() ? Optional.of(Scanner.USERNAME) : Optional.empty();
    }
}
