package dev.caracal.connectors.lake;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
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
     * @param uid of the operators, to which their own is added; their names are made of it, too
     */
    public static <T> void append(
            DataStream<T> input,
            DynamicRecordGenerator<T> generator,
            LakeSettings settings,
            String uid) {
        String name = name(uid);
        DataStreamSink<?> sink =
                DynamicIcebergSink.forInput(input)
                        .generator(generator)
                        .catalogLoader(new LakeCatalog(settings))
                        .uidPrefix(uid)
                        .cacheMaxSize(CACHED_TABLES)
                        .append()
                        .name(name + "Sink");
        Map<String, String> names =
                Map.of(
                        uid + "-generator", name + "Rows",
                        uid + "-Updater", name + "Tables");
        for (Transformation<?> operator : sink.getTransformation().getTransitivePredecessors()) {
            operator.setName(names.getOrDefault(operator.getName(), operator.getName()));
        }
        fixSinkId(((SinkTransformation<?, ?>) sink.getTransformation()).getSink());
    }

    /** {@code LakeEvents} for {@code lake-events}. */
    private static String name(String uid) {
        return Stream.of(uid.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /**
     * Iceberg makes a random one for each sink, and puts it into the name and the uid of one of its
     * operators, which would be another one whenever the job is submitted. It has no option for it.
     */
    private static void fixSinkId(Object sink) {
        try {
            var sinkId = DynamicIcebergSink.class.getDeclaredField("sinkId");
            sinkId.setAccessible(true);
            sinkId.set(sink, "aggregator");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of Iceberg has no such id", e);
        }
    }
}
