package dev.caracal.connectors.s3;

import java.io.IOException;
import java.io.Serializable;

/** Where the reader gets the content of objects from; shared by its I/O threads. */
public interface ObjectStore extends AutoCloseable {

    /**
     * Opens an object from its first byte.
     *
     * @param resume whether the object's version and ETag are those of an earlier opening, so that
     *     any other content must be refused with reason {@link UnreadableObjectException#CHANGED}
     * @throws UnreadableObjectException if trying again is of no use
     * @throws IOException if trying again may help
     */
    ObjectContent open(S3Object object, boolean resume) throws IOException;

    @Override
    void close();

    /** Makes the store of one reader subtask. */
    @FunctionalInterface
    interface Factory extends Serializable {

        /**
         * @param connections how many objects are read at once
         */
        ObjectStore create(int connections);
    }
}
