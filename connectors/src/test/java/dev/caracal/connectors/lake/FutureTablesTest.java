package dev.caracal.connectors.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FutureTablesTest {

    private static final Pattern TIME =
            Pattern.compile("\"(timestamp-ms|last-updated-ms)\":(\\d+)");

    @TempDir private Path folder;

    private LakeCatalog lake;

    @BeforeEach
    void createTable() {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        lake = new LakeCatalog(LakeSettings.from(options).orElseThrow());
        Schema schema = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));
        lake.loadCatalog().createTable(lake.table("t"), schema);
    }

    @Test
    void aTableOfTheFutureTakesCommitsNowAndLosesNothing() {
        append(lake.loadCatalog().loadTable(lake.table("t")), "a");
        append(lake.loadCatalog().loadTable(lake.table("t")), "b");
        changeClock(Duration.ofHours(1));
        Table closed = lake.loadForReading().loadTable(lake.table("t"));
        assertThatThrownBy(() -> append(closed, "c"))
                .hasMessageContaining("Expected sorted snapshot log entries");

        append(lake.loadCatalog().loadTable(lake.table("t")), "c");

        Table open = lake.loadCatalog().loadTable(lake.table("t"));
        append(open, "d");
        assertThat(files(open)).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(open.snapshots()).hasSize(4);
        assertThat(ancestors(open)).hasSize(4);
        open.expireSnapshots().expireOlderThan(System.currentTimeMillis()).commit();
        assertThat(files(open)).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void aTableOfTheFutureTakesColumnsNow() {
        changeClock(Duration.ofDays(300));

        Table table = lake.loadCatalog().loadTable(lake.table("t"));
        table.updateSchema().addColumn("more", Types.StringType.get()).commit();

        assertThat(lake.loadForReading().loadTable(lake.table("t")).schema().findField("more"))
                .isNotNull();
    }

    @Test
    void aTableThatIsAheadByAsMuchAsIcebergBearsKeepsItsHistory() {
        append(lake.loadCatalog().loadTable(lake.table("t")), "a");
        changeClock(Duration.ofSeconds(20));
        long before = lastChange(lake.loadForReading().loadTable(lake.table("t")));

        Table table = lake.loadCatalog().loadTable(lake.table("t"));

        assertThat(lastChange(table)).isEqualTo(before);
    }

    /** As if the clock had been ahead at each change of the table so far. */
    private void changeClock(Duration ahead) {
        TableOperations history =
                ((HasTableOperations) lake.loadForReading().loadTable(lake.table("t")))
                        .operations();
        TableMetadata metadata = history.current();
        String later =
                TIME.matcher(TableMetadataParser.toJson(metadata))
                        .replaceAll(
                                time ->
                                        "\"%s\":%d"
                                                .formatted(
                                                        time.group(1),
                                                        Long.parseLong(time.group(2))
                                                                + ahead.toMillis()));
        history.commit(metadata, TableMetadataParser.fromJson(later));
    }

    private static void append(Table table, String path) {
        DataFile file =
                DataFiles.builder(table.spec())
                        .withPath(path)
                        .withFormat("parquet")
                        .withFileSizeInBytes(1)
                        .withRecordCount(1)
                        .build();
        table.newAppend().appendFile(file).commit();
    }

    private static List<String> files(Table table) {
        return StreamSupport.stream(table.newScan().planFiles().spliterator(), false)
                .map(task -> task.file().location())
                .toList();
    }

    private static List<Long> ancestors(Table table) {
        List<Long> ancestors = new ArrayList<>();
        for (Snapshot snapshot = table.currentSnapshot(); snapshot != null; ) {
            ancestors.add(snapshot.snapshotId());
            snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
        }
        return ancestors;
    }

    private static long lastChange(Table table) {
        return ((HasTableOperations) table).operations().current().lastUpdatedMillis();
    }
}
