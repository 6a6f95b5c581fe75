package dev.caracal.parsers.format;

import dev.caracal.parsers.json.MismatchException;
import java.io.ByteArrayOutputStream;

/** The values of a record that derived fields are made of, each known by the number of its path. */
interface SourceValues {

    /** Whether the record has the value, and not as null. */
    boolean has(int path);

    /**
     * Appends the value as text.
     *
     * @throws MismatchException if it is an object or a list
     */
    void append(int path, ByteArrayOutputStream out) throws MismatchException;

    /** Writes the value as that of a member. */
    void copy(int path, Member member, long object) throws MismatchException;
}
