package dev.caracal.connectors.lake;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What the sink notes in a snapshot to tell, after a restart, which checkpoints are in the table.
 *
 * <p>A snapshot of ours takes it over, so that it is not lost when the sink's own snapshots expire
 * while the job stands still.
 */
final class FlinkProgress {

    private FlinkProgress() {}

    static void copy(Table table, SnapshotUpdate<?> update) {
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            Map<String, String> summary = snapshot.summary();
            if (summary.containsKey("flink.max-committed-checkpoint-id")) {
                summary.forEach(
                        (key, value) -> {
                            if (key.startsWith("flink.")) {
                                update.set(key, value);
                            }
                        });
                return;
            }
        }
    }
}
