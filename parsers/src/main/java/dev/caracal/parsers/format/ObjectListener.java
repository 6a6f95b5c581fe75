package dev.caracal.parsers.format;

import dev.caracal.parsers.json.MismatchException;

/** Takes a second look at an object of a record, when all its members are written. */
@FunctionalInterface
public interface ObjectListener {

    /**
     * @throws MismatchException if the record is not of this log type
     */
    void objectRead() throws MismatchException;
}
