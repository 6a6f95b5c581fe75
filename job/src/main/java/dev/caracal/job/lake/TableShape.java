package dev.caracal.job.lake;

import dev.caracal.connectors.lake.LakeTable;
import java.util.Objects;

/** A table as the job wants it, and what its columns of text hold. */
record TableShape(LakeTable table, TextColumns texts) {

    TableShape {
        Objects.requireNonNull(table, "table is null");
        Objects.requireNonNull(texts, "texts is null");
    }
}
