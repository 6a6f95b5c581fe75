package dev.caracal.job.schema;

import java.util.List;

/** The schemas in force, all of them accepted, no two of the same log type. */
public record SchemaSet(List<SchemaSource> schemas) {}
