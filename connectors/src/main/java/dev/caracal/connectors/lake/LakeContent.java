package dev.caracal.connectors.lake;

import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Schema;

/**
 * What a table holds now.
 *
 * @param timeColumn the time by which the table is partitioned, empty if by none
 */
public record LakeContent(String table, Schema schema, String timeColumn, List<LakeFile> files) {

    public LakeContent {
        Objects.requireNonNull(table, "table is null");
        Objects.requireNonNull(schema, "schema is null");
        Objects.requireNonNull(timeColumn, "timeColumn is null");
        files = List.copyOf(files);
    }

    public long bytes() {
        return files.stream().mapToLong(LakeFile::bytes).sum();
    }

    public long rows() {
        return files.stream().mapToLong(LakeFile::rows).sum();
    }
}
