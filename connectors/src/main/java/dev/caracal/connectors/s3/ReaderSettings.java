package dev.caracal.connectors.s3;

import java.io.Serializable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/** The checked values of {@link S3ObjectReaderOptions}; sizes in bytes. */
record ReaderSettings(
        int concurrency,
        long memory,
        int batchBytes,
        int maxRecordBytes,
        Bomb bomb,
        int attempts,
        long retryDelayMillis)
        implements Serializable {

    /** Buffers for reading and decompressing that an object has besides its batches. */
    private static final int STREAM_BYTES = 256 * 1024;

    /** What the decoder of a bzip2 object takes: 4 bytes and 1 for each of a block's 900,000. */
    private static final int BZIP2_BYTES = 5 * 1024 * 1024;

    private static final int MIN_BATCH_BYTES = 1024;

    ReaderSettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("reader.concurrency is below 1: " + concurrency);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("reader.attempts is below 1: " + attempts);
        }
        if (batchBytes < MIN_BATCH_BYTES) {
            throw new IllegalArgumentException("reader.batch-bytes is below 1 kb: " + batchBytes);
        }
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException(
                    "reader.max-record-bytes is below 1: " + maxRecordBytes);
        }
        long least = longRecordBytes(maxRecordBytes) + objectBytes(batchBytes);
        if (memory < least) {
            throw new IllegalArgumentException(
                    "reader.memory is "
                            + memory
                            + " bytes, but one object with records up to reader.max-record-bytes="
                            + maxRecordBytes
                            + " in batches of reader.batch-bytes="
                            + batchBytes
                            + " takes "
                            + least);
        }
    }

    /** Beyond which a compressed object is a decompression bomb. */
    record Bomb(long maxBytes, int maxRatio) implements Serializable {

        Bomb {
            if (maxBytes < 1) {
                throw new IllegalArgumentException(
                        "reader.max-decompressed-bytes is below 1: " + maxBytes);
            }
            if (maxRatio < 1) {
                throw new IllegalArgumentException(
                        "reader.max-compression-ratio is below 1: " + maxRatio);
            }
        }
    }

    static ReaderSettings of(ReadableConfig options) {
        return new ReaderSettings(
                options.get(S3ObjectReaderOptions.CONCURRENCY),
                options.get(S3ObjectReaderOptions.MEMORY).getBytes(),
                intBytes(options, S3ObjectReaderOptions.BATCH_BYTES),
                intBytes(options, S3ObjectReaderOptions.MAX_RECORD_BYTES),
                new Bomb(
                        options.get(S3ObjectReaderOptions.MAX_DECOMPRESSED_BYTES).getBytes(),
                        options.get(S3ObjectReaderOptions.MAX_COMPRESSION_RATIO)),
                options.get(S3ObjectReaderOptions.ATTEMPTS),
                options.get(S3ObjectReaderOptions.RETRY_DELAY).toMillis());
    }

    private static int intBytes(ReadableConfig options, ConfigOption<MemorySize> option) {
        long bytes = options.get(option).getBytes();
        if (bytes > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException(option.key() + " is above 512 mb: " + bytes);
        }
        return (int) bytes;
    }

    /** How many objects are read at once: as many as wanted, if the memory holds them. */
    int objectsAtOnce() {
        long fitting = (memory - longRecordBytes(maxRecordBytes)) / objectBytes(batchBytes);
        return (int) Math.min(concurrency, fitting);
    }

    /** One batch being built, and two handed over. */
    private static long objectBytes(int batchBytes) {
        return 3L * batchBytes + STREAM_BYTES;
    }

    /** The cutter's buffer, twice while it grows, and the batch of the record before. */
    private static long longRecordBytes(int maxRecordBytes) {
        return 3L * maxRecordBytes + BZIP2_BYTES;
    }
}
