package dev.caracal.job.lake;

import java.util.Objects;

/**
 * A JSON object on its way into a table of the lake.
 *
 * @param logType name of the log type, or of one of the {@link FindingTables}
 * @param yaml the log type's schema, if it is one of the users'; it travels by reference within a
 *     chain, so that it costs nothing there
 */
public record LakeDocument(String logType, String yaml, byte[] json) {

    public LakeDocument {
        Objects.requireNonNull(logType, "logType is null");
        Objects.requireNonNull(yaml, "yaml is null");
        Objects.requireNonNull(json, "json is null");
    }
}
