package dev.caracal.connectors.lake;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.BaseCombinedScanTask;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ScanTaskParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.source.DataIterator;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;

/** Reads the rows of scans, for a task of a job. */
public final class LakeScanReader implements AutoCloseable {

    private final LakeCatalog lake;
    private final Catalog catalog;
    private final Map<String, Table> tables = new HashMap<>();

    public LakeScanReader(LakeSettings settings) {
        lake = new LakeCatalog(settings);
        catalog = lake.loadForReading();
    }

    /** Hands on each row, with the table's columns; a row is gone when the next one comes. */
    public void read(LakeScan scan, BiConsumer<Schema, RowData> rows) throws IOException {
        Table table =
                tables.computeIfAbsent(scan.table(), name -> catalog.loadTable(lake.table(name)));
        FileScanTask task = ScanTaskParser.fromJson(scan.task(), true);
        RowDataFileScanTaskReader files =
                new RowDataFileScanTaskReader(
                        table.schema(),
                        table.schema(),
                        table.properties().get(TableProperties.DEFAULT_NAME_MAPPING),
                        true,
                        List.of());
        try (DataIterator<RowData> iterator =
                new DataIterator<>(
                        files, new BaseCombinedScanTask(task), table.io(), table.encryption())) {
            while (iterator.hasNext()) {
                rows.accept(table.schema(), iterator.next());
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
