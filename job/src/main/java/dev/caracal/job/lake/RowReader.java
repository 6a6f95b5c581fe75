package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.data.GenericRowData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Reads JSON objects into rows of one table, by the table's columns.
 *
 * <p>Texts in a row are slices of the JSON. What has no column, or does not fit its column, is
 * collected in {@link CoreColumns#UNMAPPED}, if there is such a column.
 */
final class RowReader {

    private final JsonCursor cursor = new JsonCursor();
    private final UnmappedMembers unmapped = new UnmappedMembers();
    private final ScalarColumns scalars = new ScalarColumns();
    private final Set<String> jsonColumns;
    private final Column root;
    private final int unmappedIndex;

    /**
     * @param jsonColumns see {@link TextColumns#json}
     */
    RowReader(Schema schema, Set<String> jsonColumns) {
        this.jsonColumns = jsonColumns;
        root = struct(schema.asStruct(), "");
        unmappedIndex = names(schema.asStruct()).indexOf(CoreColumns.UNMAPPED);
    }

    /**
     * @throws MismatchException if it is not JSON, or no object
     */
    GenericRowData read(byte[] json) throws MismatchException {
        cursor.reset(json, 0, json.length);
        scalars.begin(json);
        unmapped.begin();
        if (!(root.read(cursor) instanceof GenericRowData row)) {
            throw cursor.unexpected("an object");
        }
        if (unmappedIndex >= 0) {
            row.setField(unmappedIndex, unmapped.text());
        }
        return row;
    }

    private Column struct(Types.StructType type, String prefix) {
        List<Column> columns = new ArrayList<>();
        for (Types.NestedField field : type.fields()) {
            columns.add(column(field.type(), prefix + field.name()));
        }
        return new StructColumn(names(type), columns, unmapped);
    }

    private Column column(Type type, String path) {
        if (type.isStructType()) {
            return struct(type.asStructType(), path + '.');
        }
        if (type.isListType()) {
            return new ListColumn(column(type.asListType().elementType(), path + "[]"), unmapped);
        }
        return scalars.of(type, jsonColumns.contains(path));
    }

    private static List<String> names(Types.StructType type) {
        return type.fields().stream().map(Types.NestedField::name).toList();
    }
}
