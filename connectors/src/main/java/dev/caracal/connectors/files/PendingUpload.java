package dev.caracal.connectors.files;

import java.util.List;

/**
 * A file that is uploaded in full and not yet visible.
 *
 * @param parts in the order of their numbers, from 1
 */
record PendingUpload(String bucket, String key, String uploadId, List<Part> parts) {

    PendingUpload {
        parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + '/' + key + " (upload " + uploadId + ')';
    }

    /** One uploaded part. */
    record Part(int number, String eTag) {}
}
