package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;

/**
 * Turns the raw records of one log type into events.
 *
 * <p>A parser is made for one {@link EventBuilder} and hands its events to it. It keeps buffers, so
 * it is not thread-safe, but no state that would make a record's result depend on earlier ones. The
 * exception is a log type whose entries go over several lines.
 */
public interface RecordParser {

    /**
     * Adds the events in the record to the builder.
     *
     * @throws MismatchException if the record is not of this log type; events that were added
     *     before do not count
     */
    void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException;
}
