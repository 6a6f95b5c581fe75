package dev.caracal.cli.drill;

import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the events of the lake into the ledger. */
final class DrillLake implements AutoCloseable {

    private static final String TABLE = "aws_cloudtrail";
    private static final String EVENT_ID = "eventID";
    private static final long NOTHING = -1;

    private final LakeCatalog lake;
    private final Catalog catalog;
    private final Ledger ledger;
    private long seen = NOTHING;

    DrillLake(Path warehouse, Ledger ledger) {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, warehouse.toString());
        this.lake = new LakeCatalog(LakeSettings.from(options).orElseThrow());
        this.catalog = lake.loadForReading();
        this.ledger = ledger;
    }

    /**
     * Takes each row that was appended since the last call; files that were merged hold no new
     * ones.
     */
    void readNew() throws IOException {
        if (!catalog.tableExists(lake.table(TABLE))) {
            return;
        }
        Table table = catalog.loadTable(lake.table(TABLE));
        Snapshot current = table.currentSnapshot();
        if (current == null || current.snapshotId() == seen) {
            return;
        }
        IcebergGenerics.ScanBuilder scan = IcebergGenerics.read(table).select(EVENT_ID);
        if (seen != NOTHING) {
            scan = scan.appendsBetween(seen, current.snapshotId());
        }
        try (CloseableIterable<Record> rows = scan.build()) {
            rows.forEach(row -> ledger.row(row.getField(EVENT_ID).toString()));
        }
        seen = current.snapshotId();
    }

    /** How many rows the table has. */
    long count() {
        if (!catalog.tableExists(lake.table(TABLE))) {
            return 0;
        }
        Snapshot current = catalog.loadTable(lake.table(TABLE)).currentSnapshot();
        return current == null
                ? 0
                : Long.parseLong(
                        current.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
    }

    /** Takes all rows that the table has now instead of those taken before. */
    void readAll() throws IOException {
        seen = NOTHING;
        ledger.forgetRows();
        readNew();
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
