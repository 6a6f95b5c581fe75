package dev.caracal.connectors.lake;

import java.util.Objects;

/**
 * A part of a table to be read by one task.
 *
 * @param day of the rows, counted from 1970-01-01: that of the partition
 * @param task which file, which part of it and which deletions, as Iceberg's JSON
 * @param rows about how many it holds
 */
public record LakeScan(String table, int day, String task, long rows) {

    public LakeScan {
        Objects.requireNonNull(table, "table is null");
        Objects.requireNonNull(task, "task is null");
    }
}
