package dev.caracal.connectors.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeUpkeepTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final int WRITERS = 2;

    private static final LakeTable TABLE =
            new LakeTable(
                    "t",
                    new Schema(
                            Types.NestedField.optional(1, "time", Types.TimestampType.withZone()),
                            Types.NestedField.optional(2, "id", Types.LongType.get()),
                            Types.NestedField.optional(3, "content", Types.BinaryType.get())),
                    "time",
                    "");

    @TempDir private Path folder;

    private LakeSettings settings;
    private LakeCatalog lake;
    private long rows;

    @BeforeEach
    void createTable() throws IOException {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        settings = LakeSettings.from(options).orElseThrow();
        lake = new LakeCatalog(settings);
        try (LakeRows tables = new LakeRows(settings)) {
            tables.ready(TABLE);
        }
    }

    private Table table() {
        return lake.loadCatalog().loadTable(lake.table("t"));
    }

    /** What a checkpoint commits: a file of each writer. */
    private static void checkpoint(Table table, Instant time, long firstId) throws IOException {
        checkpoint(table, time, firstId, 0);
    }

    /**
     * @param bytes of each file, or little more
     */
    private static void checkpoint(Table table, Instant time, long firstId, int bytes)
            throws IOException {
        var append = table.newAppend();
        PartitionSpec spec = table.spec();
        for (int i = 0; i < WRITERS; i++) {
            PartitionData partition = new PartitionData(spec.partitionType());
            partition.set(0, (int) Duration.between(Instant.EPOCH, time).toDays());
            DataWriter<Record> writer =
                    new GenericAppenderFactory(table.schema(), spec)
                            .newDataWriter(
                                    OutputFileFactory.builderFor(table, i, 0)
                                            .operationId(UUID.randomUUID().toString())
                                            .format(FileFormat.PARQUET)
                                            .build()
                                            .newOutputFile(spec, partition),
                                    FileFormat.PARQUET,
                                    partition);
            try (writer) {
                GenericRecord row = GenericRecord.create(table.schema());
                row.setField("time", OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
                row.setField("id", firstId + i);
                byte[] content = new byte[bytes];
                new Random(firstId + i).nextBytes(content);
                row.setField("content", ByteBuffer.wrap(content));
                writer.write(row);
            }
            append.appendFile(writer.toDataFile());
        }
        append.commit();
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    private Set<Object> ids() throws IOException {
        List<Object> ids = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table()).build()) {
            records.forEach(row -> ids.add(row.getField("id")));
        }
        assertThat(ids).doesNotHaveDuplicates();
        return new HashSet<>(ids);
    }

    /**
     * The second size is that of 1 MB/s in 30 log types: in a minute each of two writers has 1 MB
     * of JSON of a log type, which is some 200 KB of Parquet.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 200_000})
    void anHourOfCheckpointsLeavesFewFiles(int bytes) throws IOException {
        UpkeepSettings upkeep =
                new UpkeepSettings(Duration.ofMinutes(10), Duration.ofMinutes(20), Map.of());
        try (LakeUpkeep lakeUpkeep = new LakeUpkeep(settings, upkeep);
                LakeReader reader = new LakeReader(settings)) {
            Table table = table();
            for (int minute = 1; minute <= 60; minute++) {
                checkpoint(table, START.plus(Duration.ofMinutes(minute)), rows, bytes);
                rows += WRITERS;
                if (minute % 10 == 0) {
                    // Snapshots carry the time of the clock.
                    lakeUpkeep.run(Instant.now().plus(Duration.ofMinutes(30)));
                    table.refresh();
                }
            }

            assertThat(reader.content("t", Optional.empty(), Optional.empty()).files())
                    .hasSizeLessThan(16);
        }
        assertThat(ids()).hasSize((int) rows);
        assertThat(filesOnDisk()).isLessThan(60);
    }

    @Test
    void daysGoWhenTheirRetentionIsOver() throws IOException {
        checkpoint(table(), START, 0);
        checkpoint(table(), START.plus(Duration.ofDays(1)), WRITERS);
        UpkeepSettings upkeep =
                new UpkeepSettings(
                        Duration.ofMinutes(10),
                        Duration.ofDays(1),
                        Map.of("*", Duration.ofDays(1), "t", Duration.ofDays(30)));

        try (LakeUpkeep lakeUpkeep = new LakeUpkeep(settings, upkeep)) {
            lakeUpkeep.run(START.plus(Duration.ofDays(30)));
            assertThat(ids()).hasSize(2 * WRITERS);

            lakeUpkeep.run(START.plus(Duration.ofDays(31)));
            assertThat(ids()).hasSize(WRITERS);
        }
    }
}
