package dev.caracal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Savepoints of earlier releases are restored, and the job goes on as if it had never been stopped.
 * They are in {@code src/test/resources/state}, whose README.md tells how one is added.
 */
class StateITCase {

    private static final Path KEPT = Path.of("src", "test", "resources", "state");

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"0.1.0, 1", "0.1.0, 4"})
    void theJobGoesOnFromTheSavepointOfARelease(String release, int parallelism) throws Exception {
        goesOn(KEPT.resolve(release), parallelism);
    }

    /** So that a change of the state is noticed before its release. */
    @Test
    void theJobGoesOnFromItsOwnSavepoint() throws Exception {
        goesOn(write(folder.resolve("savepoint")), 1);
    }

    @Test
    void theLakeHasEachEventOnce() throws Exception {
        Path control = folder.resolve("control");
        Files.createDirectories(StateRun.lake(control));
        Path savepoint = write(folder);

        try (StateRun restored = StateRun.restore(control, 2, savepoint)) {
            restored.finish(
                    Integer.parseInt(Files.readString(savepoint.resolve("events.txt")).strip()));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> rowIds(control).size() >= StateRun.ALL_EVENTS);
        }
        assertThat(rowIds(control)).hasSize(StateRun.ALL_EVENTS).doesNotHaveDuplicates();
    }

    private static List<Object> rowIds(Path control) throws IOException {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, StateRun.lake(control).toString());
        LakeCatalog lake = new LakeCatalog(LakeSettings.from(options).orElseThrow());
        List<Object> rowIds = new ArrayList<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(lake.loadCatalog().loadTable(lake.table("aws_cloudtrail")))
                        .build()) {
            rows.forEach(row -> rowIds.add(row.getField("p_row_id")));
        }
        return rowIds;
    }

    private void goesOn(Path savepoint, int parallelism) throws Exception {
        int before = Integer.parseInt(Files.readString(savepoint.resolve("events.txt")).strip());
        List<String> allEvents;
        List<String> allAlerts;
        try (StateRun whole = StateRun.start(folder.resolve("whole"), 1)) {
            whole.announce(StateRun.FIRST, StateRun.HALF_READ);
            whole.finish(0);
            allEvents = StateRun.rowIds();
            allAlerts = StateRun.alerts();
        }
        assertThat(allEvents).hasSize(StateRun.ALL_EVENTS).doesNotHaveDuplicates();
        assertThat(allAlerts).hasSizeGreaterThan(3);

        try (StateRun restored =
                StateRun.restore(folder.resolve("restored"), parallelism, savepoint)) {
            restored.finish(before);
            assertThat(StateRun.rowIds())
                    .hasSize(StateRun.ALL_EVENTS - before)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(allEvents);
            assertThat(StateRun.alerts()).isEqualTo(allAlerts);
            assertThat(StateRun.deadLetters()).isEmpty();
        }
    }

    /** Stops the job in the middle of an object; beside the savepoint, how many events came out. */
    private static Path write(Path folder) throws Exception {
        Files.createDirectories(folder);
        try (StateRun run = StateRun.start(folder.resolve("control"), 1)) {
            GatedObjects.limit(StateRun.HALF);
            run.announce(StateRun.FIRST, StateRun.HALF_READ);
            run.awaitEvents(StateRun.FIRST_RECORDS + 1);
            Path savepoint = run.stop(folder);
            Files.writeString(savepoint.resolve("events.txt"), StateRun.rowIds().size() + "\n");
            return savepoint;
        } finally {
            GatedObjects.limit(Long.MAX_VALUE);
        }
    }

    /** Writes a savepoint of this release below the folder that is given. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(write(Path.of(arguments[0])));
    }
}
