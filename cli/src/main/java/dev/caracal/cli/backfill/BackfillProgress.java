package dev.caracal.cli.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;

/**
 * How far a backfill has come, as the control location keeps it.
 *
 * @param prefix the one that is being listed
 * @param after the last key that was dealt with; empty at a prefix's begin
 * @param announced objects
 * @param bytes of the announced objects
 * @param archived objects that were passed over, since they have to be restored first
 */
@JsonInclude
record BackfillProgress(
        String prefix, String after, long announced, long bytes, long archived, boolean complete) {

    static final BackfillProgress NOTHING = new BackfillProgress("", "", 0, 0, 0, false);

    private static final ObjectMapper JSON = new ObjectMapper();

    BackfillProgress {
        Objects.requireNonNull(prefix, "prefix is null");
        Objects.requireNonNull(after, "after is null");
    }

    /**
     * @throws IllegalArgumentException if the file is something else
     */
    static BackfillProgress read(String path, String json) {
        try {
            return JSON.readValue(json, BackfillProgress.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    path + " is not the progress of a backfill: " + e.getOriginalMessage(), e);
        }
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts and numbers cannot be written", e);
        }
    }

    BackfillProgress at(String newPrefix, String newAfter) {
        return new BackfillProgress(newPrefix, newAfter, announced, bytes, archived, complete);
    }

    BackfillProgress announced(long objects, long size) {
        return new BackfillProgress(
                prefix, after, announced + objects, bytes + size, archived, complete);
    }

    BackfillProgress archived(long objects) {
        return new BackfillProgress(prefix, after, announced, bytes, archived + objects, complete);
    }

    BackfillProgress completed() {
        return new BackfillProgress(prefix, after, announced, bytes, archived, true);
    }
}
