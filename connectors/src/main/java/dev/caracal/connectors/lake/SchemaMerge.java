package dev.caracal.connectors.lake;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Columns to add to a table: those asked for, but where the table has a column of another type that
 * it cannot be widened to, the table's type.
 */
final class SchemaMerge {

    private SchemaMerge() {}

    static Schema addable(Schema table, Schema wanted) {
        return new Schema(fields(table.asStruct(), wanted.asStruct()));
    }

    private static List<Types.NestedField> fields(Types.StructType table, Types.StructType wanted) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Types.NestedField field : wanted.fields()) {
            Types.NestedField existing = table.field(field.name());
            Type type = existing == null ? field.type() : type(existing.type(), field.type());
            fields.add(
                    Types.NestedField.from(field)
                            .ofType(type == null ? field.type() : type)
                            .build());
        }
        return fields;
    }

    private static @Nullable Type type(Type table, Type wanted) {
        if (table.isStructType() && wanted.isStructType()) {
            return Types.StructType.of(fields(table.asStructType(), wanted.asStructType()));
        }
        if (table.isListType() && wanted.isListType()) {
            Type element =
                    type(table.asListType().elementType(), wanted.asListType().elementType());
            return element == null
                    ? table
                    : Types.ListType.ofOptional(wanted.asListType().elementId(), element);
        }
        boolean promotable =
                table.isPrimitiveType()
                        && wanted.isPrimitiveType()
                        && TypeUtil.isPromotionAllowed(table, wanted.asPrimitiveType());
        return promotable ? wanted : table;
    }
}
