package dev.caracal.job.lake;

import dev.caracal.connectors.lake.LakeScan;
import dev.caracal.connectors.lake.LakeScanReader;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.ClassLoaderRelease;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.json.MismatchException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Reads the lake's rows as the events that they were, within a span of time. */
public final class LakeReadFunction extends RichFlatMapFunction<LakeScan, Event> {

    private static final long serialVersionUID = 1L;

    /** Accumulator that counts the events. */
    public static final String READ = "events";

    private final LakeSettings settings;
    private final HashMap<String, TextColumns> texts;
    private final long fromMillis;
    private final long toMillis;

    private transient LakeScanReader reader;
    private transient Map<String, TableEvents> tables;
    private transient LongCounter read;

    /**
     * @param texts what columns of text hold, by table
     * @param from the first time that counts
     * @param to the first time that no longer counts
     */
    public LakeReadFunction(
            LakeSettings settings, Map<String, TextColumns> texts, Instant from, Instant to) {
        this.settings = settings;
        this.texts = new HashMap<>(texts);
        this.fromMillis = from.toEpochMilli();
        this.toMillis = to.toEpochMilli();
    }

    /** How the rows of one table become events. */
    private record TableEvents(
            RowWriter writer, int logType, int rowId, int sourceId, int eventTime, int parseTime) {

        static TableEvents of(Schema schema, TextColumns texts) {
            List<String> names = schema.columns().stream().map(Types.NestedField::name).toList();
            return new TableEvents(
                    new RowWriter(schema, texts),
                    names.indexOf(CoreColumns.LOG_TYPE),
                    names.indexOf(CoreColumns.ROW_ID),
                    names.indexOf(CoreColumns.SOURCE_ID),
                    names.indexOf(CoreColumns.EVENT_TIME),
                    names.indexOf(CoreColumns.PARSE_TIME));
        }

        long eventTimeMillis(RowData row) {
            return row.getTimestamp(eventTime, MICROS).getMillisecond();
        }

        Event event(RowData row) {
            try {
                return new Event(
                        row.getString(logType).toString(),
                        row.getString(rowId).toString(),
                        eventTimeMillis(row),
                        row.getTimestamp(parseTime, MICROS).getMillisecond(),
                        row.isNullAt(sourceId) ? "" : row.getString(sourceId).toString(),
                        writer.write(row));
            } catch (MismatchException e) {
                throw new IllegalStateException(
                        "Row " + row.getString(rowId) + " has a p_unmapped that is no JSON", e);
            }
        }

        private static final int MICROS = 6;
    }

    @Override
    public void open(OpenContext context) {
        ClassLoaderRelease.registerIn(getRuntimeContext());
        reader = new LakeScanReader(settings);
        tables = new HashMap<>();
        read = getRuntimeContext().getLongCounter(READ);
    }

    @Override
    public void flatMap(LakeScan scan, Collector<Event> out) throws IOException {
        reader.read(
                scan,
                (schema, row) -> {
                    TableEvents events =
                            tables.computeIfAbsent(
                                    scan.table(),
                                    table ->
                                            TableEvents.of(
                                                    schema,
                                                    texts.getOrDefault(table, TextColumns.NONE)));
                    long time = events.eventTimeMillis(row);
                    if (time >= fromMillis && time < toMillis) {
                        read.add(1);
                        out.collect(events.event(row));
                    }
                });
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
