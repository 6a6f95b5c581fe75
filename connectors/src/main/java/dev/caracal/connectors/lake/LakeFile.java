package dev.caracal.connectors.lake;

/** A Parquet file of a table, as the table's current snapshot lists it. */
public record LakeFile(String path, long bytes, long rows) {}
