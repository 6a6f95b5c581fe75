package dev.caracal.job.lake;

import dev.caracal.connectors.lake.LakeTable;
import java.util.Set;

/**
 * A table as the job wants it.
 *
 * @param jsonColumns paths of the text columns that hold JSON, such as {@code requestParameters}
 *     and, below a list, {@code resources[].tags}
 */
record TableShape(LakeTable table, Set<String> jsonColumns) {

    TableShape {
        jsonColumns = Set.copyOf(jsonColumns);
    }
}
