package dev.caracal.connectors.s3;

import dev.caracal.connectors.DeadLetter;

/** What an I/O thread found in an object, on its way to the task thread. */
sealed interface ReadStep {

    ObjectRead read();

    /**
     * Records to emit.
     *
     * @param after the object's progress once they are emitted
     * @param slots how many of the object's hand-over slots the batch takes
     */
    record Records(ObjectRead read, RecordBatch batch, ObjectProgress after, int slots)
            implements ReadStep {}

    /** One record that cannot go on. */
    record Rejected(ObjectRead read, DeadLetter letter, ObjectProgress after) implements ReadStep {}

    /** The object cannot be read, or not further. */
    record Failed(ObjectRead read, DeadLetter letter) implements ReadStep {}

    /** The reader itself is at fault, or the JVM; the task must fail. */
    record Crashed(ObjectRead read, Throwable cause) implements ReadStep {}
}
