package dev.caracal.job.parse;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.job.health.SourceCount;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSetCheck;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.job.schema.UserLogTypes;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.RecordContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Classifies and parses raw records, each of them once.
 *
 * <p>Keyed by lane. Per object it remembers up to which position it has taken records, and takes
 * only what lies beyond: an object that is announced twice, or read again by another task, yields
 * its events once. Per route it remembers which log type accepted the last record, and tries that
 * first.
 *
 * <p>The users' schemas are in broadcast state, as written. A task that starts afresh reads the
 * control location itself, and so does one that meets a log type it does not know: the log source
 * that names it may have been seen before the broadcast came.
 */
public final class ParseFunction
        extends KeyedBroadcastProcessFunction<String, RecordBatch, SchemaSet, Event> {

    private static final long serialVersionUID = 1L;

    /** Records that no log type accepted, whole where they are not very long. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("parse-dead-letters", Types.POJO(DeadLetter.class));

    /** What became of the records of each batch, by log type. */
    public static final OutputTag<SourceCount> SOURCE_COUNTS =
            new OutputTag<>("source-counts", TypeInformation.of(SourceCount.class));

    /** The schemas in force, numbered: after a refused move two of them may have one path. */
    public static final MapStateDescriptor<String, SchemaSource> SCHEMAS =
            new MapStateDescriptor<>("schemas", Types.STRING, Types.POJO(SchemaSource.class));

    /** How long a log type that does not exist is not looked for again. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final ControlLocation control;
    private final Duration objectTimeToLive;

    private transient MapState<String, Long> takenByObject;
    private transient MapState<String, String> logTypeByRoute;
    private transient RouteClassifiers classifiers;
    private transient SchemaSet schemas;
    private transient boolean loaded;
    private transient Map<String, Long> lookedForAt;
    private transient ParseMetrics metrics;

    /**
     * @param control where the schemas are
     * @param objectTimeToLive how long an object is remembered after its last batch; longer than
     *     the queue can hold a message that announces it again
     */
    public ParseFunction(ControlLocation control, Duration objectTimeToLive) {
        this.control = control;
        this.objectTimeToLive = objectTimeToLive;
    }

    @Override
    public void open(OpenContext context) {
        MapStateDescriptor<String, Long> taken =
                new MapStateDescriptor<>("taken-by-object", Types.STRING, Types.LONG);
        taken.enableTimeToLive(
                StateTtlConfig.newBuilder(objectTimeToLive)
                        .cleanupInRocksdbCompactFilter(1_000)
                        .build());
        takenByObject = getRuntimeContext().getMapState(taken);
        logTypeByRoute =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "log-type-by-route", Types.STRING, Types.STRING));
        classifiers = new RouteClassifiers();
        schemas = new SchemaSet(List.of());
        lookedForAt = new HashMap<>();
        metrics = new ParseMetrics(getRuntimeContext().getMetricGroup().addGroup("caracal"));
    }

    @Override
    public void processBroadcastElement(SchemaSet schemaSet, Context context, Collector<Event> out)
            throws Exception {
        BroadcastState<String, SchemaSource> state = context.getBroadcastState(SCHEMAS);
        state.clear();
        for (int i = 0; i < schemaSet.schemas().size(); i++) {
            state.put(String.valueOf(i), schemaSet.schemas().get(i));
        }
        lookedForAt.clear();
        use(schemaSet);
    }

    @Override
    public void processElement(RecordBatch batch, ReadOnlyContext context, Collector<Event> out)
            throws Exception {
        if (!loaded) {
            load(context.getBroadcastState(SCHEMAS));
        }
        Long known = takenByObject.get(batch.objectId());
        long taken = known == null ? 0 : known;
        long end = batch.firstIndex() + batch.size();
        int skipped = (int) Math.min(batch.size(), Math.max(0, taken - batch.firstIndex()));
        metrics.duplicates(skipped);
        boolean anew = end > taken || known == null;
        if (anew) {
            parse(batch, skipped, context, out);
            takenByObject.put(batch.objectId(), end);
        }
    }

    private void parse(RecordBatch batch, int first, ReadOnlyContext context, Collector<Event> out)
            throws Exception {
        BatchTally tally = new BatchTally();
        long now = context.timerService().currentProcessingTime();
        RouteClassifier classifier = classifier(batch.route(), now);
        Route route = classifier.route();
        String learned = logTypeByRoute.get(batch.route());
        classifier.restoreLastLogType(learned == null ? "" : learned);
        for (int record = first; record < batch.size(); record++) {
            int start = batch.start(record);
            int length = batch.ends()[record] - start;
            metrics.record(length);
            Classification classification =
                    classifier.classify(
                            batch.data(),
                            start,
                            length,
                            new RecordContext(
                                    route.sourceId(),
                                    route.sourceLabel(),
                                    batch.objectId(),
                                    batch.firstIndex() + record,
                                    batch.header(),
                                    now));
            if (classification instanceof Classification.Accepted accepted) {
                metrics.accepted(route.sourceId());
                tally.accepted(accepted.logType(), length, accepted.events());
                for (Event event : accepted.events()) {
                    metrics.event(event.logType());
                    out.collect(event);
                }
            } else if (classification instanceof Classification.Rejected rejection) {
                tally.rejected(length);
                RejectedRecord rejected = new RejectedRecord(batch, record, classifier, rejection);
                metrics.rejected(route.sourceId(), rejected.reason());
                context.output(DEAD_LETTERS, rejected.deadLetter(now));
            }
        }
        metrics.parsed(batch.createdTimeMillis());
        String lastLogType = classifier.lastLogType();
        if (batch.last()) {
            metrics.object();
            tally.object(lastLogType);
        }
        for (SourceCount count : tally.counts(route)) {
            metrics.count(count);
            context.output(SOURCE_COUNTS, count);
        }
        if (!lastLogType.isEmpty() && !lastLogType.equals(learned)) {
            logTypeByRoute.put(batch.route(), lastLogType);
        }
    }

    private RouteClassifier classifier(String route, long now) throws IOException {
        RouteClassifier classifier = classifiers.find(route);
        boolean look = false;
        for (String logType : classifier.unknown()) {
            Long before = lookedForAt.get(logType);
            if (before == null || now - before >= LOOK_AGAIN.toMillis()) {
                lookedForAt.put(logType, now);
                look = true;
            }
        }
        if (!look) {
            return classifier;
        }
        use(readControlLocation());
        return classifiers.find(route);
    }

    private void load(ReadOnlyBroadcastState<String, SchemaSource> state) throws Exception {
        List<SchemaSource> restored = new ArrayList<>();
        state.immutableEntries().forEach(entry -> restored.add(entry.getValue()));
        use(restored.isEmpty() ? readControlLocation() : new SchemaSet(restored));
    }

    private SchemaSet readControlLocation() throws IOException {
        SchemaSetCheck check = new SchemaSetCheck();
        check.restore(schemas.schemas());
        return check.check(control.read().texts(SchemaSetCheck.FOLDER)).schemaSet();
    }

    private void use(SchemaSet newSchemas) {
        schemas = newSchemas;
        loaded = true;
        classifiers.use(UserLogTypes.of(newSchemas));
    }
}
