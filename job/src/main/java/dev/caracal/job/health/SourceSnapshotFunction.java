package dev.caracal.job.health;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.control.ControlLocation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what has come from each log source and what went wrong with it, and has it written as a
 * {@link HealthSnapshot}. Runs once, not in parallel, and emits nothing.
 */
public final class SourceSnapshotFunction
        extends CoProcessFunction<SourceStatus, DeadLetter, SourceStatus>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final ControlLocation control;
    private final Duration interval;

    private transient ListState<SourceStatus> statusState;
    private transient ListState<SourceProblem> problemState;

    /** Read by the writer's thread too. */
    private transient Map<String, SourceStatus> statuses;

    /** By log source and reason. */
    private transient Map<String, Map<String, SourceProblem>> problems;

    private transient MetricGroup metrics;
    private transient @Nullable HealthSnapshotWriter writer;

    /**
     * @param interval how often a snapshot is written if something has changed
     */
    public SourceSnapshotFunction(ControlLocation control, Duration interval) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    HealthOptions.SNAPSHOT_INTERVAL.key()
                            + " is "
                            + interval
                            + ", expected at least 1 s");
        }
        this.control = control;
        this.interval = interval;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        statusState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "statuses", TypeInformation.of(SourceStatus.class)));
        problemState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "problems", TypeInformation.of(SourceProblem.class)));
        statuses = new ConcurrentHashMap<>();
        problems = new ConcurrentHashMap<>();
        metrics = getRuntimeContext().getMetricGroup().addGroup("caracal");
        for (SourceStatus status : statusState.get()) {
            put(status);
        }
        for (SourceProblem problem : problemState.get()) {
            put(problem);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        statusState.update(List.copyOf(statuses.values()));
        problemState.update(
                problems.values().stream().flatMap(one -> one.values().stream()).toList());
    }

    @Override
    public void open(OpenContext context) {
        writer =
                new HealthSnapshotWriter(
                        control,
                        interval,
                        this::entries,
                        Clock.systemUTC(),
                        metrics.counter("healthSnapshotFailures"));
    }

    private List<HealthSnapshot.Entry> entries() {
        List<HealthSnapshot.Entry> entries = new ArrayList<>();
        statuses.forEach(
                (id, status) ->
                        entries.add(
                                new HealthSnapshot.Entry(
                                        status,
                                        List.copyOf(
                                                problems.getOrDefault(id, Map.of()).values()))));
        return entries;
    }

    @Override
    public void processElement1(
            SourceStatus status, Context context, Collector<SourceStatus> unused) {
        if (status.exists()) {
            put(status);
        } else {
            statuses.remove(status.sourceId());
            problems.remove(status.sourceId());
        }
        changed();
    }

    @Override
    public void processElement2(
            DeadLetter letter, Context context, Collector<SourceStatus> unused) {
        String id = letter.sourceId();
        SourceStatus status = statuses.getOrDefault(id, SourceStatus.none(id, id));
        SourceProblem before = problems.getOrDefault(id, Map.of()).get(letter.reason());
        if (before != null && before.lastMillis() >= status.lastReceivedMillis()) {
            put(before.again(letter));
        } else {
            put(SourceProblem.of(letter));
        }
        changed();
    }

    private void put(SourceStatus status) {
        String id = status.sourceId();
        if (statuses.put(id, status) == null) {
            MetricGroup group = metrics.addGroup("source", id);
            group.gauge("healthy", (Gauge<Integer>) () -> isHealthy(id) ? 1 : 0);
            group.gauge("lastErrorTimeMillis", (Gauge<Long>) () -> lastErrorMillis(id));
        }
    }

    private void put(SourceProblem problem) {
        problems.computeIfAbsent(problem.sourceId(), id -> new ConcurrentHashMap<>())
                .put(problem.reason(), problem);
    }

    private boolean isHealthy(String id) {
        SourceStatus status = statuses.get(id);
        return status == null
                || new HealthSnapshot.Entry(
                                status, List.copyOf(problems.getOrDefault(id, Map.of()).values()))
                        .failure()
                        .isEmpty();
    }

    private long lastErrorMillis(String id) {
        return problems.getOrDefault(id, Map.of()).values().stream()
                .mapToLong(SourceProblem::lastMillis)
                .max()
                .orElse(0);
    }

    private void changed() {
        if (writer != null) {
            writer.changed();
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
