package dev.caracal.connectors.s3;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of the {@link S3ObjectReader}; each holds for one subtask. */
public final class S3ObjectReaderOptions {

    public static final ConfigOption<Integer> CONCURRENCY =
            ConfigOptions.key("reader.concurrency")
                    .intType()
                    .defaultValue(8)
                    .withDescription(
                            "Objects read at once. Fewer are read when reader.memory does not"
                                    + " hold as many.");

    public static final ConfigOption<MemorySize> MEMORY =
            ConfigOptions.key("reader.memory")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Bound on the memory that records take in the reader, whatever the size"
                                    + " of the objects: for each object three batches and 256 kb,"
                                    + " and once three of the longest records and 5 mb, which"
                                    + " objects with records longer than a batch, and bzip2"
                                    + " objects, use one after another.");

    public static final ConfigOption<MemorySize> BATCH_BYTES =
            ConfigOptions.key("reader.batch-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.parse("256kb"))
                    .withDescription(
                            "Size of the batches that records travel in. A longer record makes a"
                                    + " batch of its own.");

    public static final ConfigOption<MemorySize> MAX_RECORD_BYTES =
            ConfigOptions.key("reader.max-record-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(16))
                    .withDescription("Longer records become dead letters.");

    public static final ConfigOption<MemorySize> MAX_DECOMPRESSED_BYTES =
            ConfigOptions.key("reader.max-decompressed-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.parse("100gb"))
                    .withDescription(
                            "A compressed object that grows beyond this is a decompression bomb:"
                                    + " what came before is kept, the rest is given up.");

    public static final ConfigOption<Integer> MAX_COMPRESSION_RATIO =
            ConfigOptions.key("reader.max-compression-ratio")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "An object that has grown beyond 100 mb and is larger by more than this"
                                    + " factor than its compressed bytes is a decompression bomb.");

    public static final ConfigOption<Integer> ATTEMPTS =
            ConfigOptions.key("reader.attempts")
                    .intType()
                    .defaultValue(10)
                    .withDescription(
                            "How often an object is opened without a further record coming out of"
                                    + " it, before it is given up; by default after a minute and a"
                                    + " half. The AWS SDK's own retries come on top.");

    public static final ConfigOption<Duration> RETRY_DELAY =
            ConfigOptions.key("reader.retry-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription(
                            "Pause before an object is opened again; doubled for each further"
                                    + " attempt, up to 20 s.");

    private S3ObjectReaderOptions() {}

    public static List<ConfigOption<?>> all() {
        return List.of(
                CONCURRENCY,
                MEMORY,
                BATCH_BYTES,
                MAX_RECORD_BYTES,
                MAX_DECOMPRESSED_BYTES,
                MAX_COMPRESSION_RATIO,
                ATTEMPTS,
                RETRY_DELAY);
    }
}
