package dev.caracal.connectors.s3;

import dev.caracal.connectors.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Reads S3 objects as a stream of record batches, whatever their size.
 *
 * <p>Several objects are read ahead on I/O threads, decompressed (gzip, zstd, bzip2, told by
 * content) and cut into records. A checkpoint barrier passes in the middle of an object: the state
 * is the objects in flight with the number of records already emitted, and after a restore each is
 * opened again, pinned to the same content, and read on after exactly those.
 *
 * <p>An object that was read to its end gives exactly one batch with {@link RecordBatch#last},
 * which may be empty. One that could not be gives none, but one dead letter with {@code
 * recordIndex} -1; the records before the fault have gone on. Neither ever fails the job.
 *
 * <p>The input must come from the same task, chained to its source without an exchange in between:
 * behind a network exchange an aligned barrier waits behind all objects that are announced in the
 * buffers before it. The operator has the input's parallelism to that end. It lets watermarks pass
 * when nothing is in flight.
 */
public final class S3ObjectReader {

    /** What could not be read, with the reason; stage {@code read}. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("read-dead-letters", TypeInformation.of(DeadLetter.class));

    public static final String NAME = "S3ObjectReader";

    private S3ObjectReader() {}

    /**
     * Adds the reader to a topology, with {@link #NAME} as name; the caller gives the uid.
     *
     * @param options see {@link S3ObjectReaderOptions}
     * @throws IllegalArgumentException if options contradict each other
     */
    public static SingleOutputStreamOperator<RecordBatch> apply(
            DataStream<S3Object> objects,
            ObjectStore.Factory stores,
            RecordCutter.Factory cutters,
            ReadableConfig options) {
        return objects.transform(
                        NAME,
                        TypeInformation.of(RecordBatch.class),
                        new ObjectReaderOperator.Factory(
                                ReaderSettings.of(options), stores, cutters))
                .setParallelism(objects.getParallelism());
    }
}
