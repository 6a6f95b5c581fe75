package dev.caracal.job.health;

import java.util.Objects;

/**
 * What became of some records of a log source.
 *
 * @param accepted records that a log type took
 * @param rejected records that none did
 */
public record SourceCount(String sourceId, String sourceLabel, long accepted, long rejected) {

    public SourceCount {
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(sourceLabel, "sourceLabel is null");
    }
}
