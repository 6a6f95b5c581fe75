package dev.caracal.connectors.files;

import java.io.Serializable;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Where and how {@link S3FileSink} writes; travels to the writers.
 *
 * @param prefix of every key, without a slash at its end; may be empty
 * @param partBytes 5 MiB or more
 */
record S3FileSettings(
        String bucket,
        String prefix,
        Compression compression,
        int partBytes,
        int maxOpenFiles,
        long maxBufferedBytes,
        int uploadParallelism)
        implements Serializable {

    /** S3 takes no smaller part, unless it is the last. */
    private static final MemorySize MIN_PART = MemorySize.ofMebiBytes(5);

    private static final MemorySize MAX_PART = MemorySize.ofMebiBytes(1024);

    S3FileSettings {
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("Bucket is empty");
        }
        if (prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "Prefix is '" + prefix + "', expected one without a slash at its ends");
        }
        if (partBytes < MIN_PART.getBytes() || partBytes > MAX_PART.getBytes()) {
            throw new IllegalArgumentException(
                    S3FileOptions.PART_SIZE.key()
                            + " is "
                            + partBytes
                            + " bytes, expected 5 MiB to 1 GiB");
        }
        if (maxOpenFiles < 1) {
            throw new IllegalArgumentException(
                    S3FileOptions.MAX_OPEN_FILES.key()
                            + " is "
                            + maxOpenFiles
                            + ", expected at least 1");
        }
        if (uploadParallelism < 1) {
            throw new IllegalArgumentException(
                    S3FileOptions.UPLOAD_PARALLELISM.key()
                            + " is "
                            + uploadParallelism
                            + ", expected at least 1");
        }
    }

    static S3FileSettings from(String bucket, String prefix, ReadableConfig config) {
        long partBytes = config.get(S3FileOptions.PART_SIZE).getBytes();
        return new S3FileSettings(
                bucket,
                prefix,
                config.get(S3FileOptions.COMPRESSION),
                (int) Math.min(Integer.MAX_VALUE, partBytes),
                config.get(S3FileOptions.MAX_OPEN_FILES),
                config.get(S3FileOptions.MAX_BUFFERED).getBytes(),
                config.get(S3FileOptions.UPLOAD_PARALLELISM));
    }
}
