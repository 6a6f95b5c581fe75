package dev.caracal.cli.samples;

import java.util.Objects;

/**
 * An object that an account stores in its bucket.
 *
 * @param expected what must come out of it
 */
public record SampleObject(String bucket, String key, byte[] content, Tally expected) {

    public SampleObject {
        Objects.requireNonNull(bucket, "bucket is null");
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(content, "content is null");
        Objects.requireNonNull(expected, "expected is null");
    }
}
