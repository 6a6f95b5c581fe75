package dev.caracal.connectors.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.StructLikeWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts small files of a partition together.
 *
 * <p>Files of about one size are merged when there are enough of them, so that a row is rewritten a
 * few times only, however long its partition grows: 8 files make one of the next size, and a
 * partition keeps at most 7 of each of a handful of sizes.
 */
final class LakeCompaction {

    private static final Logger LOG = LoggerFactory.getLogger(LakeCompaction.class);

    private static final int MIN_FILES = 8;
    private static final long SMALLEST_SIZE = 256 << 10;
    private static final long MAX_INPUT_BYTES = 128 << 20;

    /** Larger files stay as they are. */
    private static final long LARGE_BYTES = 64 << 20;

    /** Smaller ones are read as fast as their filters. */
    private static final long FILTERED_BYTES = 1 << 20;

    private final Table table;

    LakeCompaction(Table table) {
        this.table = table;
    }

    /** Files of one partition and of about one size. */
    private record Group(int specId, StructLikeWrapper partition, int tier) {}

    void run() throws IOException {
        Map<Group, List<FileScanTask>> groups = new HashMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                if (task.file().fileSizeInBytes() < LARGE_BYTES && task.deletes().isEmpty()) {
                    groups.computeIfAbsent(group(task), group -> new ArrayList<>()).add(task);
                }
            }
        }
        for (List<FileScanTask> files : groups.values()) {
            if (files.size() >= MIN_FILES) {
                merge(files);
            }
        }
    }

    private static Group group(FileScanTask task) {
        int tier = 0;
        for (long size = SMALLEST_SIZE; size < task.file().fileSizeInBytes(); size *= MIN_FILES) {
            tier++;
        }
        return new Group(
                task.spec().specId(),
                StructLikeWrapper.forType(task.spec().partitionType()).set(task.file().partition()),
                tier);
    }

    private void merge(List<FileScanTask> files) throws IOException {
        List<FileScanTask> bin = new ArrayList<>();
        long bytes = 0;
        for (FileScanTask file : files) {
            if (bytes + file.file().fileSizeInBytes() > MAX_INPUT_BYTES) {
                rewrite(bin);
                bin.clear();
                bytes = 0;
            }
            bin.add(file);
            bytes += file.file().fileSizeInBytes();
        }
        if (bin.size() > 1) {
            rewrite(bin);
        }
    }

    private void rewrite(List<FileScanTask> tasks) throws IOException {
        long snapshot = table.currentSnapshot().snapshotId();
        DataFile merged = write(tasks);
        RewriteFiles rewrite =
                table.newRewrite()
                        .validateFromSnapshot(snapshot)
                        .rewriteFiles(
                                Set.copyOf(tasks.stream().map(FileScanTask::file).toList()),
                                Set.of(merged));
        FlinkProgress.copy(table, rewrite);
        rewrite.commit();
        LOG.info("Merged {} files of table {} into one", tasks.size(), table.name());
    }

    private DataFile write(List<FileScanTask> tasks) throws IOException {
        PartitionSpec spec = tasks.get(0).spec();
        DataWriter<Record> writer =
                new GenericAppenderFactory(table.schema(), spec)
                        .setAll(writerProperties(tasks))
                        .newDataWriter(
                                OutputFileFactory.builderFor(table, 0, 0)
                                        .operationId(UUID.randomUUID().toString())
                                        .format(FileFormat.PARQUET)
                                        .build()
                                        .newOutputFile(spec, tasks.get(0).file().partition()),
                                FileFormat.PARQUET,
                                tasks.get(0).file().partition());
        try (writer) {
            for (FileScanTask task : tasks) {
                try (CloseableIterable<Record> rows = read(task, table.schema())) {
                    rows.forEach(writer::write);
                }
            }
        }
        return writer.toDataFile();
    }

    private CloseableIterable<Record> read(FileScanTask task, Schema columns) {
        return Parquet.read(table.io().newInputFile(task.file().location()))
                .project(columns)
                .createReaderFunc(file -> GenericParquetReaders.buildReader(columns, file))
                .build();
    }

    /** Files that are large enough to carry them have bloom filters of the indicators. */
    private Map<String, String> writerProperties(List<FileScanTask> tasks) throws IOException {
        Map<String, String> properties = new HashMap<>(table.properties());
        Schema indicators = IndicatorFilters.columns(table.schema());
        if (indicators.columns().isEmpty()
                || tasks.stream().mapToLong(FileScanTask::length).sum() < FILTERED_BYTES) {
            return properties;
        }
        IndicatorFilters filters = new IndicatorFilters();
        for (FileScanTask task : tasks) {
            try (CloseableIterable<Record> rows = read(task, indicators)) {
                rows.forEach(filters::add);
            }
        }
        properties.putAll(filters.properties());
        return properties;
    }
}
