package dev.caracal.parsers.stream;

import java.io.IOException;

/**
 * Cuts the content of one object into raw records, without understanding them.
 *
 * <p>The same bytes always give the same records in the same order: a reader that resumes relies on
 * it. Memory is bounded by the longest record allowed, whatever the object's size.
 */
public interface LogStream {

    /**
     * The name that opens it; that of {@code auto} is the one it took, once a record has been asked
     * for.
     */
    String name();

    /**
     * Moves to the next record.
     *
     * @return false at the end of the object
     * @throws RecordRejectedException for a single bad record, such as one over the size limit; it
     *     counts as a record, and {@code next} may be called again
     * @throws IOException if nothing more can be read
     */
    boolean next() throws IOException;

    /** The array that holds the current record, valid until {@link #next} is called again. */
    byte[] buffer();

    /** Where the current record starts in {@link #buffer}. */
    int offset();

    /** The current record's length in bytes. */
    int length();
}
