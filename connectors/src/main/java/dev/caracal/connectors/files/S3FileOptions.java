package dev.caracal.connectors.files;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Options of {@link S3FileSink}; limits are those of one writer. */
public final class S3FileOptions {

    public static final ConfigOption<Compression> COMPRESSION =
            key("files.compression")
                    .enumType(Compression.class)
                    .defaultValue(Compression.GZIP)
                    .withDescription("How files are compressed.");

    public static final ConfigOption<MemorySize> PART_SIZE =
            key("files.part-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(8))
                    .withDescription("Bytes of a file that are uploaded together, 5 MiB or more.");

    public static final ConfigOption<Integer> MAX_OPEN_FILES =
            key("files.max-open-files")
                    .intType()
                    .defaultValue(64)
                    .withDescription("Open files at which the biggest is closed.");

    public static final ConfigOption<MemorySize> MAX_BUFFERED =
            key("files.max-buffered")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription("Bytes of open files at which the biggest is closed.");

    public static final ConfigOption<Integer> UPLOAD_PARALLELISM =
            key("files.upload-parallelism")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Parts that are uploaded, and files that are committed, at once.");

    private static final List<ConfigOption<?>> ALL =
            List.of(COMPRESSION, PART_SIZE, MAX_OPEN_FILES, MAX_BUFFERED, UPLOAD_PARALLELISM);

    private S3FileOptions() {}

    /** Every option of the sink. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
