package dev.caracal.connectors.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndicatorFiltersTest {

    private static final String HASHES = "p_any_sha256_hashes";
    private static final String NAMES = "p_any_usernames";
    private static final int FILES = 8;
    private static final int ROWS = 5_000;

    private static final LakeTable TABLE =
            new LakeTable(
                    "t",
                    new Schema(
                            Types.NestedField.optional(1, "time", Types.TimestampType.withZone()),
                            Types.NestedField.optional(2, HASHES, texts(3)),
                            Types.NestedField.optional(4, NAMES, texts(5))),
                    "time",
                    "");

    @TempDir private Path folder;

    private static Types.ListType texts(int id) {
        return Types.ListType.ofOptional(id, Types.StringType.get());
    }

    @Test
    void aMergedFileThatLacksAValueIsPassedOver() throws IOException {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        LakeSettings settings = LakeSettings.from(options).orElseThrow();
        try (LakeRows tables = new LakeRows(settings)) {
            tables.ready(TABLE);
        }
        LakeCatalog lake = new LakeCatalog(settings);
        Table table = lake.loadCatalog().loadTable(lake.table("t"));
        for (int i = 0; i < FILES; i++) {
            write(table, new Random(i));
        }
        UpkeepSettings upkeep =
                new UpkeepSettings(Duration.ofMinutes(10), Duration.ofDays(1), Map.of());
        try (LakeUpkeep round = new LakeUpkeep(settings, upkeep)) {
            round.run(Instant.now());
        }

        Random written = new Random(3);
        Random others = new Random(FILES);
        int found = 0;
        try (LakeReader reader = new LakeReader(settings)) {
            LakeContent all = reader.content("t", Optional.empty(), Optional.empty());
            assertThat(all.files()).hasSize(1);
            for (int i = 0; i < 200; i++) {
                assertThat(holding(reader, all, HASHES, hash(written))).hasSize(1);
                assertThat(holding(reader, all, NAMES, hash(others))).isEmpty();
                found += holding(reader, all, HASHES, hash(others)).size();
            }
        }
        // One of 100 is what the filters are made for.
        assertThat(found).isLessThan(10);
    }

    private static List<LakeFile> holding(
            LakeReader reader, LakeContent content, String column, String value) {
        return reader.holding(content, Set.of(column), value).files();
    }

    private static String hash(Random random) {
        return "%016x%016x%016x%016x"
                .formatted(
                        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private static void write(Table table, Random random) throws IOException {
        PartitionData partition = new PartitionData(table.spec().partitionType());
        partition.set(0, 20_000);
        DataWriter<Record> writer =
                new GenericAppenderFactory(table.schema(), table.spec())
                        .newDataWriter(
                                OutputFileFactory.builderFor(table, 0, 0)
                                        .operationId(UUID.randomUUID().toString())
                                        .format(FileFormat.PARQUET)
                                        .build()
                                        .newOutputFile(table.spec(), partition),
                                FileFormat.PARQUET,
                                partition);
        try (writer) {
            for (int i = 0; i < ROWS; i++) {
                GenericRecord row = GenericRecord.create(table.schema());
                row.setField(HASHES, List.of(hash(random)));
                writer.write(row);
            }
        }
        table.newAppend().appendFile(writer.toDataFile()).commit();
    }
}
