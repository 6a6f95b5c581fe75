package dev.caracal.connectors.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * Cuts the decompressed content of one object into records; the reader's only view of log streams.
 *
 * <p>The same bytes must always give the same records in the same order, since a reader that
 * resumes skips those it has already emitted.
 */
public interface RecordCutter {

    /**
     * Moves to the next record.
     *
     * @return false at the end of the object
     * @throws RejectedRecordException for a single bad record; it counts as a record, and {@code
     *     next} may be called again
     * @throws IOException if nothing more can be read
     */
    boolean next() throws IOException;

    /** The array that holds the current record, valid until {@link #next} is called again. */
    byte[] buffer();

    int offset();

    int length();

    /** Makes the cutter for an object; shared by threads. */
    @FunctionalInterface
    interface Factory extends Serializable {

        /**
         * @param content the decompressed bytes; the reader closes it
         * @param object the object, for its log stream and key
         * @param maxRecordBytes longer records are rejected
         */
        RecordCutter open(InputStream content, S3Object object, int maxRecordBytes)
                throws IOException;
    }

    /** One record cannot be handed on; those after it still can. */
    final class RejectedRecordException extends IOException {

        private static final long serialVersionUID = 1L;

        private final String reason;
        private final String excerpt;

        public RejectedRecordException(String reason, String message, String excerpt) {
            super(message);
            this.reason = reason;
            this.excerpt = excerpt;
        }

        public String reason() {
            return reason;
        }

        public String excerpt() {
            return excerpt;
        }
    }
}
