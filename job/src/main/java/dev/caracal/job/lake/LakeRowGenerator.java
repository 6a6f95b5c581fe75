package dev.caracal.job.lake;

import dev.caracal.connectors.lake.LakeRows;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.SchemaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.util.Collector;
import org.apache.iceberg.flink.sink.dynamic.DynamicRecord;
import org.apache.iceberg.flink.sink.dynamic.DynamicRecordGenerator;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Turns documents into rows of their tables, which it makes ready first. */
public final class LakeRowGenerator implements DynamicRecordGenerator<LakeDocument> {

    private static final long serialVersionUID = 1L;

    /** Clocks may differ, and some vendors write local time as UTC. */
    private static final Duration MAX_AHEAD = Duration.ofDays(1);

    private final LakeSettings settings;
    private final long maxAgeMillis;

    private transient Map<String, TableWriter> writers;

    /**
     * @param maxAge of events that lie in the partition of their own time
     */
    public LakeRowGenerator(LakeSettings settings, Duration maxAge) {
        this.settings = settings;
        this.maxAgeMillis = maxAge.toMillis();
    }

    /** How documents of one log type become rows, as long as its schema is the same. */
    private record TableWriter(
            String yaml, LakeRows.Target target, RowReader reader, int time, int parseTime) {

        boolean isFor(LakeDocument document) {
            // Most often it is the same string.
            return yaml.equals(document.yaml());
        }
    }

    @Override
    public void open(OpenContext context) {
        writers = new HashMap<>();
    }

    @Override
    public void generate(LakeDocument document, Collector<DynamicRecord> out) {
        TableWriter writer = writers.get(document.logType());
        if (writer == null || !writer.isFor(document)) {
            writer = writer(document);
            writers.put(document.logType(), writer);
        }
        GenericRowData row;
        try {
            row = writer.reader().read(document.json());
        } catch (MismatchException e) {
            throw new IllegalStateException(
                    "A document of " + document.logType() + " is not JSON", e);
        }
        out.collect(
                writer.target()
                        .record(
                                row,
                                isAbsurd(time(row, writer.time()), time(row, writer.parseTime()))));
    }

    private boolean isAbsurd(@Nullable TimestampData time, @Nullable TimestampData parseTime) {
        if (time == null || parseTime == null) {
            return false;
        }
        long age = parseTime.getMillisecond() - time.getMillisecond();
        return age > maxAgeMillis || -age > MAX_AHEAD.toMillis();
    }

    private static @Nullable TimestampData time(GenericRowData row, int column) {
        return column < 0 ? null : (TimestampData) row.getField(column);
    }

    private TableWriter writer(LakeDocument document) {
        TableShape shape = shape(document.logType(), document.yaml());
        LakeRows.Target target = ready(shape);
        List<Types.NestedField> columns = target.schema().columns();
        return new TableWriter(
                document.yaml(),
                target,
                new RowReader(target.schema(), shape.texts().json()),
                index(columns, shape.table().partitionColumn()),
                index(columns, shape.table().quarantineColumn()));
    }

    /** The catalog is open no longer than that: nobody tells a generator that its task ends. */
    private LakeRows.Target ready(TableShape shape) {
        try (LakeRows rows = new LakeRows(settings)) {
            return rows.ready(shape.table());
        } catch (IOException e) {
            throw new UncheckedIOException("The catalog of the lake cannot be closed", e);
        }
    }

    private static int index(List<Types.NestedField> columns, String name) {
        return columns.stream().map(Types.NestedField::name).toList().indexOf(name);
    }

    private static TableShape shape(String logType, String yaml) {
        if (!yaml.isEmpty()) {
            try {
                return EventTables.of(new SchemaSource(logType, yaml).read());
            } catch (SchemaException e) {
                throw new IllegalStateException("An accepted schema cannot be read", e);
            }
        }
        return FindingTables.find(logType)
                .or(() -> LogTypes.builtin().find(logType).map(EventTables::of))
                .orElseGet(() -> EventTables.unknown(logType));
    }
}
