package dev.caracal.connectors.lake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ScanTaskParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** Lists the lake's tables and what they hold now. */
public final class LakeReader implements AutoCloseable {

    private static final long SCAN_BYTES = 32L << 20;

    private final LakeSettings settings;
    private final Catalog catalog;

    public LakeReader(LakeSettings settings) {
        this.settings = settings;
        this.catalog = new LakeCatalog(settings).loadForReading();
    }

    /** Names of the tables, sorted. */
    public List<String> tables() {
        return catalog.listTables(Namespace.of(settings.namespace())).stream()
                .map(TableIdentifier::name)
                .sorted()
                .toList();
    }

    /**
     * The files that may hold rows of that time, by partitions and by the files' statistics.
     *
     * @param from the first time that counts
     * @param to the first time that no longer counts
     */
    public LakeContent content(String name, Optional<Instant> from, Optional<Instant> to)
            throws IOException {
        Table table = catalog.loadTable(new LakeCatalog(settings).table(name));
        String timeColumn = timeColumn(table);
        TableScan scan = table.newScan();
        if (!timeColumn.isEmpty()) {
            scan = scan.filter(filter(timeColumn, from, to));
        }
        List<LakeFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            tasks.forEach(
                    task ->
                            files.add(
                                    new LakeFile(
                                            task.file().location(),
                                            task.file().fileSizeInBytes(),
                                            task.file().recordCount())));
        }
        return new LakeContent(name, table.schema(), timeColumn, files);
    }

    /**
     * The same without the files that cannot hold a value, by their statistics and bloom filters.
     *
     * @param columns lists of text
     */
    public LakeContent holding(LakeContent content, Set<String> columns, String value) {
        Table table = catalog.loadTable(new LakeCatalog(settings).table(content.table()));
        ValueSearch search = new ValueSearch(columns, value);
        List<LakeFile> files =
                content.files().parallelStream()
                        .filter(file -> mayHold(table, file, search))
                        .toList();
        return new LakeContent(content.table(), content.schema(), content.timeColumn(), files);
    }

    private static boolean mayHold(Table table, LakeFile file, ValueSearch search) {
        try {
            return search.mayBeIn(table.io().newInputFile(file.path(), file.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the footer of " + file.path(), e);
        }
    }

    /**
     * The parts of a table that may hold rows of that time, in the order of their days; each is
     * read by {@link LakeScanReader}.
     *
     * @param from the first time that counts
     * @param to the first time that no longer counts
     */
    public List<LakeScan> scans(String name, Optional<Instant> from, Optional<Instant> to)
            throws IOException {
        Table table = catalog.loadTable(new LakeCatalog(settings).table(name));
        TableScan scan = table.newScan().filter(filter(timeColumn(table), from, to));
        List<LakeScan> scans = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                for (FileScanTask part : task.split(SCAN_BYTES)) {
                    scans.add(
                            new LakeScan(
                                    name,
                                    day(task),
                                    ScanTaskParser.toJson(part),
                                    rows(task, part)));
                }
            }
        }
        scans.sort(Comparator.comparingInt(LakeScan::day));
        return scans;
    }

    /** Both specs of a table have one field, a day. */
    private static int day(FileScanTask task) {
        Integer day = task.partition().size() == 0 ? null : task.partition().get(0, Integer.class);
        return day == null ? 0 : day;
    }

    private static long rows(FileScanTask file, FileScanTask part) {
        return Math.round((double) file.file().recordCount() * part.length() / file.length());
    }

    private static String timeColumn(Table table) {
        PartitionSpec spec = table.spec();
        return spec.isUnpartitioned()
                ? ""
                : table.schema().findColumnName(spec.fields().get(0).sourceId());
    }

    private static Expression filter(
            String timeColumn, Optional<Instant> from, Optional<Instant> to) {
        Expression filter = Expressions.alwaysTrue();
        if (from.isPresent()) {
            filter =
                    Expressions.and(
                            filter,
                            Expressions.greaterThanOrEqual(timeColumn, from.get().toString()));
        }
        if (to.isPresent()) {
            filter = Expressions.and(filter, Expressions.lessThan(timeColumn, to.get().toString()));
        }
        return filter;
    }

    /** Whether files can be opened by their path. */
    public boolean isLocal() {
        return !settings.isS3();
    }

    /** Copies a file, which never changes; one that is there already stays. */
    public void copy(LakeContent content, LakeFile file, Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path part = Files.createTempFile(target.toAbsolutePath().getParent(), "copy", ".part");
        Table table = catalog.loadTable(new LakeCatalog(settings).table(content.table()));
        try (InputStream in = table.io().newInputFile(file.path()).newStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
