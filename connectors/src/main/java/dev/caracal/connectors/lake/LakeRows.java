package dev.caracal.connectors.lake;

import java.io.Closeable;
import java.io.IOException;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.sink.dynamic.DynamicRecord;

/** Makes tables ready and addresses rows to them. */
public final class LakeRows implements AutoCloseable {

    private final LakeCatalog lake;
    private final Catalog catalog;
    private final LakeTables tables;

    public LakeRows(LakeSettings settings) {
        lake = new LakeCatalog(settings);
        catalog = lake.loadCatalog();
        tables = new LakeTables(catalog);
    }

    /** A table that is ready, in the shape that it has now. */
    public static final class Target {

        private final TableIdentifier name;
        private final Schema schema;
        private final PartitionSpec spec;
        private final PartitionSpec quarantineSpec;

        private Target(TableIdentifier name, Table table, LakeTable wanted) {
            this.name = name;
            this.schema = table.schema();
            this.spec = wanted.findSpec(table, wanted.partitionColumn()).orElse(table.spec());
            this.quarantineSpec =
                    wanted.hasQuarantine()
                            ? wanted.findSpec(table, wanted.quarantineColumn()).orElse(spec)
                            : spec;
        }

        /** The table's columns, which may be more than the writer knows. */
        public Schema schema() {
            return schema;
        }

        /**
         * @param row in the shape of {@link #schema}
         * @param quarantined whether the row's own time is absurd
         */
        public DynamicRecord record(RowData row, boolean quarantined) {
            return new DynamicRecord(
                    name,
                    SnapshotRef.MAIN_BRANCH,
                    schema,
                    row,
                    quarantined ? quarantineSpec : spec);
        }
    }

    /** Creates the table, or adds the columns that it lacks. */
    public Target ready(LakeTable wanted) {
        TableIdentifier name = lake.table(wanted.name());
        return new Target(name, tables.ready(name, wanted), wanted);
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
