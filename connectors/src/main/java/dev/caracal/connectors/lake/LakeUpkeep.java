package dev.caracal.connectors.lake;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all tables of a lake in order: puts small files together, removes rows whose time is over,
 * and forgets earlier states of the tables.
 *
 * <p>Its commits are Iceberg's optimistic ones: they stand beside those of writers, and one that
 * comes too late fails and is made up for in the next round.
 */
public final class LakeUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LakeUpkeep.class);

    /** States that are kept however old they are. */
    private static final int MIN_SNAPSHOTS = 5;

    private final LakeSettings lake;
    private final UpkeepSettings settings;
    private final Catalog catalog;

    public LakeUpkeep(LakeSettings lake, UpkeepSettings settings) {
        this.lake = lake;
        this.settings = settings;
        this.catalog = new LakeCatalog(lake).loadCatalog();
    }

    /** One round over all tables; what fails for one is logged and does not concern the others. */
    public void run(Instant now) {
        for (TableIdentifier name : catalog.listTables(Namespace.of(lake.namespace()))) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                run(catalog.loadTable(name), name.name(), now);
            } catch (IOException | RuntimeException e) {
                LOG.warn("Upkeep of table {} failed, the next round tries again", name, e);
            }
        }
    }

    private void run(Table table, String name, Instant now) throws IOException {
        if (table.currentSnapshot() == null) {
            return;
        }
        if (settings.retention(name).isPresent()) {
            Instant end = now.minus(settings.retention(name).get());
            removeBefore(table, LocalDate.ofInstant(end, ZoneOffset.UTC));
        }
        new LakeCompaction(table).run();
        table.expireSnapshots()
                .expireOlderThan(now.minus(settings.snapshotAge()).toEpochMilli())
                .retainLast(MIN_SNAPSHOTS)
                .commit();
    }

    /** Removes the partitions of the days before. */
    private static void removeBefore(Table table, LocalDate day) throws IOException {
        List<DataFile> old = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                Integer partition =
                        task.spec().isPartitioned()
                                ? task.file().partition().get(0, Integer.class)
                                : null;
                if (partition != null && partition < day.toEpochDay()) {
                    old.add(task.file());
                }
            }
        }
        if (old.isEmpty()) {
            return;
        }
        DeleteFiles delete = table.newDelete();
        old.forEach(delete::deleteFile);
        FlinkProgress.copy(table, delete);
        delete.commit();
        LOG.info("Removed {} files before {} from table {}", old.size(), day, table.name());
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
