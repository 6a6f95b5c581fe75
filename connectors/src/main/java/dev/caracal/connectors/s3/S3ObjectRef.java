package dev.caracal.connectors.s3;

import java.util.Objects;

/**
 * One version of an S3 object, as far as its announcement told.
 *
 * @param versionId empty if the bucket is not versioned or the announcement did not say
 * @param eTag without quotes; empty if the announcement did not say
 * @param size in bytes; -1 if the announcement did not say
 */
public record S3ObjectRef(String bucket, String key, String versionId, String eTag, long size) {

    public S3ObjectRef {
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("bucket is empty, key: " + key);
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key is empty, bucket: " + bucket);
        }
        Objects.requireNonNull(versionId, "versionId is null");
        Objects.requireNonNull(eTag, "eTag is null");
    }

    /**
     * The identity of the content: bucket, key, and version or else ETag. Two announcements of the
     * same content have the same identity once the version and ETag are those of the response.
     */
    public String identity() {
        return bucket + '/' + key + (versionId.isEmpty() ? "@" + eTag : "#" + versionId);
    }

    @Override
    public String toString() {
        return "s3://"
                + bucket
                + '/'
                + key
                + (versionId.isEmpty() ? "" : "?versionId=" + versionId);
    }
}
