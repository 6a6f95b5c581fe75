package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import org.jspecify.annotations.Nullable;

/** Reads the JSON values of a column, or of the elements of a list. */
interface Column {

    /** What is read where a value does not fit the column; the cursor may then stand anywhere. */
    Object MISFIT = new Object();

    /** The value that starts here, in Flink's form of the column's type. */
    @Nullable Object read(JsonCursor cursor) throws MismatchException;
}
