package dev.caracal.cli.search;

import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Types of columns as DuckDB and people call them. */
final class ColumnType {

    private ColumnType() {}

    static String of(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case TIMESTAMP ->
                    ((Types.TimestampType) type).shouldAdjustToUTC() ? "TIMESTAMPTZ" : "TIMESTAMP";
            case DATE -> "DATE";
            case LIST -> of(type.asListType().elementType()) + "[]";
            case STRUCT ->
                    type.asStructType().fields().stream()
                            .map(field -> quote(field.name()) + ' ' + of(field.type()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> "VARCHAR";
        };
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }
}
