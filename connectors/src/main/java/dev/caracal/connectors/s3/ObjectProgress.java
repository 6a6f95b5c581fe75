package dev.caracal.connectors.s3;

/**
 * How far an object has been read; the reader's state.
 *
 * @param object the object; once opened, its version and ETag are those of the content that is read
 * @param opened whether the object has been opened before
 * @param emitted records that have gone on or to dead letters
 */
record ObjectProgress(S3Object object, boolean opened, long emitted) {

    ObjectProgress {
        if (emitted < 0) {
            throw new IllegalArgumentException("emitted is negative: " + emitted);
        }
    }
}
