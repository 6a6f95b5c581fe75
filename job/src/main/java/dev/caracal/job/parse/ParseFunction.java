package dev.caracal.job.parse;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.RecordContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Classifies and parses raw records, each of them once.
 *
 * <p>Keyed by lane. Per object it remembers up to which position it has taken records, and takes
 * only what lies beyond: an object that is announced twice, or read again by another task, yields
 * its events once. Per route it remembers which log type accepted the last record, and tries that
 * first.
 */
public final class ParseFunction extends KeyedProcessFunction<String, RecordBatch, Event> {

    private static final long serialVersionUID = 1L;

    /** Records that no log type accepted, whole. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("parse-dead-letters", Types.POJO(DeadLetter.class));

    private static final int MAX_CLASSIFIERS = 1_000;

    private final Duration objectTimeToLive;

    private transient MapState<String, Long> takenByObject;
    private transient MapState<String, String> logTypeByRoute;
    private transient Map<String, RouteClassifier> classifiers;
    private transient MetricGroup metrics;
    private transient Map<String, Counter> eventsByLogType;
    private transient Counter records;
    private transient Counter bytes;
    private transient Counter duplicates;
    private transient Counter rejected;
    private transient Counter objects;

    private record RouteClassifier(Route route, Classifier classifier) {}

    /**
     * @param objectTimeToLive how long an object is remembered after its last batch; longer than
     *     the queue can hold a message that announces it again
     */
    public ParseFunction(Duration objectTimeToLive) {
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
        classifiers = new HashMap<>();
        eventsByLogType = new HashMap<>();
        metrics = getRuntimeContext().getMetricGroup().addGroup("caracal");
        records = metrics.counter("records");
        bytes = metrics.counter("bytes");
        duplicates = metrics.counter("duplicateRecords");
        rejected = metrics.counter("rejectedRecords");
        objects = metrics.counter("objects");
    }

    @Override
    public void processElement(RecordBatch batch, Context context, Collector<Event> out)
            throws Exception {
        Long known = takenByObject.get(batch.objectId());
        long taken = known == null ? 0 : known;
        long end = batch.firstIndex() + batch.size();
        int skipped = (int) Math.min(batch.size(), Math.max(0, taken - batch.firstIndex()));
        duplicates.inc(skipped);
        if (skipped < batch.size()) {
            parse(batch, skipped, context, out);
        }
        if (end > taken || known == null) {
            takenByObject.put(batch.objectId(), end);
            if (batch.last()) {
                objects.inc();
            }
        }
    }

    private void parse(RecordBatch batch, int first, Context context, Collector<Event> out)
            throws Exception {
        RouteClassifier routeClassifier = classifier(batch.route());
        Route route = routeClassifier.route();
        Classifier classifier = routeClassifier.classifier();
        String learned = logTypeByRoute.get(batch.route());
        classifier.restoreLastLogType(learned == null ? "" : learned);
        long now = context.timerService().currentProcessingTime();
        for (int record = first; record < batch.size(); record++) {
            int start = batch.start(record);
            int length = batch.ends()[record] - start;
            records.inc();
            bytes.inc(length);
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
                for (Event event : accepted.events()) {
                    events(event.logType()).inc();
                    out.collect(event);
                }
            } else if (classification instanceof Classification.Rejected rejection) {
                rejected.inc();
                context.output(
                        DEAD_LETTERS, deadLetter(batch, record, route, rejection.reasons(), now));
            }
        }
        String lastLogType = classifier.lastLogType();
        if (!lastLogType.isEmpty() && !lastLogType.equals(learned)) {
            logTypeByRoute.put(batch.route(), lastLogType);
        }
    }

    private RouteClassifier classifier(String encodedRoute) {
        if (classifiers.size() > MAX_CLASSIFIERS) {
            classifiers.clear();
        }
        return classifiers.computeIfAbsent(
                encodedRoute,
                text -> {
                    Route route = Route.decode(text);
                    List<LogType> candidates =
                            route.logTypes().stream()
                                    .flatMap(name -> LogTypes.builtin().find(name).stream())
                                    .toList();
                    return new RouteClassifier(route, new Classifier(candidates));
                });
    }

    private Counter events(String logType) {
        return eventsByLogType.computeIfAbsent(
                logType, name -> metrics.addGroup("logType", name).counter("events"));
    }

    private static DeadLetter deadLetter(
            RecordBatch batch,
            int record,
            Route route,
            List<Classification.Reason> reasons,
            long now) {
        StringBuilder detail = new StringBuilder();
        for (Classification.Reason reason : reasons) {
            detail.append(detail.isEmpty() ? "" : "; ")
                    .append(reason.logType())
                    .append(": ")
                    .append(reason.message());
        }
        int start = batch.start(record);
        return new DeadLetter(
                "parse",
                "classification-failure",
                detail.toString(),
                route.sourceId(),
                batch.object(),
                batch.firstIndex() + record,
                new String(
                        batch.data(), start, batch.ends()[record] - start, StandardCharsets.UTF_8),
                now);
    }
}
