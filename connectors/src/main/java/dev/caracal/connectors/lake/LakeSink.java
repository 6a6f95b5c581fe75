package dev.caracal.connectors.lake;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.iceberg.flink.sink.dynamic.DynamicIcebergSink;
import org.apache.iceberg.flink.sink.dynamic.DynamicRecordGenerator;

/**
 * Writes rows into the lake's tables, exactly once: they are there after the checkpoint that holds
 * them.
 *
 * <p>Rows are written by the task that makes them, without an exchange in between, so that each
 * subtask makes a file of its own for each table, partition and checkpoint; compaction puts these
 * together.
 */
public final class LakeSink {

    /** More than there are log types: what is known of a table is kept that long. */
    private static final int CACHED_TABLES = 2000;

    private LakeSink() {}

    /**
     * @param uid of the operators, to which their own is added
     */
    public static <T> void append(
            DataStream<T> input,
            DynamicRecordGenerator<T> generator,
            LakeSettings settings,
            String uid) {
        DynamicIcebergSink.forInput(input)
                .generator(generator)
                .catalogLoader(new LakeCatalog(settings))
                .uidPrefix(uid)
                .cacheMaxSize(CACHED_TABLES)
                .append();
    }
}
