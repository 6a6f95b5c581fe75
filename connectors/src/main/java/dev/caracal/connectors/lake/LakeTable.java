package dev.caracal.connectors.lake;

import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/**
 * A table as its writer wants it.
 *
 * @param partitionColumn the time by whose day the table is partitioned
 * @param quarantineColumn the time by whose day the rows are, whose own is absurd; empty if none is
 */
public record LakeTable(
        String name, Schema schema, String partitionColumn, String quarantineColumn) {

    public LakeTable {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(schema, "schema is null");
        Objects.requireNonNull(quarantineColumn, "quarantineColumn is null");
        if (schema.findField(partitionColumn) == null) {
            throw new IllegalArgumentException(
                    "Table " + name + " has no column " + partitionColumn);
        }
    }

    boolean hasQuarantine() {
        return !quarantineColumn.isEmpty();
    }

    /** The table's spec that partitions by the day of the column alone. */
    Optional<PartitionSpec> findSpec(Table table, String column) {
        return table.specs().values().stream()
                .filter(spec -> isDayOf(spec, table.schema(), column))
                .findFirst();
    }

    private static boolean isDayOf(PartitionSpec spec, Schema schema, String column) {
        if (spec.fields().size() != 1) {
            return false;
        }
        PartitionField field = spec.fields().get(0);
        return field.transform().toString().equals("day")
                && field.sourceId() == schema.findField(column).fieldId();
    }
}
