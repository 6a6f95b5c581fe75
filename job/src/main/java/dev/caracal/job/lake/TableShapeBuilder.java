package dev.caracal.job.lake;

import dev.caracal.connectors.lake.LakeTable;
import dev.caracal.parsers.schema.ColumnName;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.schema.FieldType.ArrayType;
import dev.caracal.parsers.schema.FieldType.BooleanType;
import dev.caracal.parsers.schema.FieldType.FloatType;
import dev.caracal.parsers.schema.FieldType.IntegerType;
import dev.caracal.parsers.schema.FieldType.JsonType;
import dev.caracal.parsers.schema.FieldType.ObjectType;
import dev.caracal.parsers.schema.FieldType.TimestampType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Collects the columns of a table; core columns come first, for which Iceberg keeps statistics. */
final class TableShapeBuilder {

    private final List<Types.NestedField> columns = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> json = new HashSet<>();
    private final Set<String> numberOrText = new HashSet<>();
    private int lastId;

    TableShapeBuilder core() {
        timestamp(CoreColumns.EVENT_TIME);
        CoreColumns.TEXTS.forEach(this::text);
        timestamp(CoreColumns.PARSE_TIME);
        CoreColumns.indicators().forEach(this::texts);
        return this;
    }

    TableShapeBuilder text(String name) {
        return add(name, Types.StringType.get(), "");
    }

    TableShapeBuilder texts(String name) {
        return add(name, Types.ListType.ofOptional(++lastId, Types.StringType.get()), "");
    }

    TableShapeBuilder number(String name) {
        return add(name, Types.LongType.get(), "");
    }

    TableShapeBuilder timestamp(String name) {
        return add(name, Types.TimestampType.withZone(), "");
    }

    TableShapeBuilder json(String name) {
        json.add(name);
        return text(name);
    }

    /** The fields of a schema, without those whose name is taken. */
    TableShapeBuilder fields(List<Field> fields) {
        for (Field field : fields) {
            String name = ColumnName.of(field.name());
            if (!isTaken(name)) {
                add(name, type(field.type(), name), field.description());
            }
        }
        return this;
    }

    TableShapeBuilder unmapped() {
        return text(CoreColumns.UNMAPPED);
    }

    TableShape build(String name, String partitionColumn, String quarantineColumn) {
        return new TableShape(
                new LakeTable(name, new Schema(columns), partitionColumn, quarantineColumn),
                new TextColumns(json, numberOrText));
    }

    private boolean isTaken(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    private TableShapeBuilder add(String name, Type type, String description) {
        names.add(name.toLowerCase(Locale.ROOT));
        columns.add(field(name, type, description));
        return this;
    }

    private Types.NestedField field(String name, Type type, String description) {
        String doc = description.isBlank() ? null : description.strip();
        return Types.NestedField.optional(++lastId, name, type, doc);
    }

    private Type type(FieldType fieldType, String path) {
        if (fieldType instanceof ObjectType object && !object.fields().isEmpty()) {
            List<Types.NestedField> members = new ArrayList<>();
            for (Field field : object.fields()) {
                String name = ColumnName.of(field.name());
                Type type = type(field.type(), path + '.' + name);
                members.add(field(name, type, field.description()));
            }
            return Types.StructType.of(members);
        }
        if (fieldType instanceof ArrayType array) {
            Type element = type(array.element(), path + "[]");
            return Types.ListType.ofOptional(++lastId, element);
        }
        return scalar(fieldType, path);
    }

    private Type scalar(FieldType fieldType, String path) {
        if (fieldType instanceof IntegerType integer && !integer.orText()) {
            boolean fits = integer.min() >= Integer.MIN_VALUE && integer.max() <= Integer.MAX_VALUE;
            return fits ? Types.IntegerType.get() : Types.LongType.get();
        }
        if (fieldType instanceof TimestampType) {
            return Types.TimestampType.withZone();
        }
        if (fieldType instanceof BooleanType) {
            return Types.BooleanType.get();
        }
        if (fieldType instanceof FloatType) {
            return Types.DoubleType.get();
        }
        if (fieldType instanceof JsonType || fieldType instanceof ObjectType) {
            json.add(path);
        }
        if (fieldType instanceof IntegerType) {
            numberOrText.add(path);
        }
        return Types.StringType.get();
    }
}
