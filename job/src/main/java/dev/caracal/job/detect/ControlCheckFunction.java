package dev.caracal.job.detect;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.job.ClassLoaderRelease;
import dev.caracal.job.destination.DestinationSet;
import dev.caracal.job.destination.DestinationSetCheck;
import dev.caracal.job.destination.DestinationSource;
import dev.caracal.job.health.WatchedSource;
import dev.caracal.job.health.WatchedSources;
import dev.caracal.job.lookup.LookupTableCheck;
import dev.caracal.job.lookup.LookupTableSource;
import dev.caracal.job.lookup.TablesInForce;
import dev.caracal.job.schema.SchemaProblem;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSetCheck;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.job.source.LogSourceFiles;
import dev.caracal.job.source.LogSourceReader;
import dev.caracal.job.source.LogSourceRefresher;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Checks what changed in the control location, and hands on the rules, the schemas and the
 * destinations in force when they differ.
 *
 * <p>Rules are checked beside the task, so that no checkpoint waits for them. Runs once, not in
 * parallel. What does not pass the check changes nothing and becomes a dead letter, once for each
 * version of the file. Without a rule engine nothing can be checked: that is a dead letter too, and
 * rules and lookup tables stay as they are until there is one.
 */
public final class ControlCheckFunction
        extends KeyedProcessFunction<String, ControlSnapshot, RuleSetChange>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** Files that were refused. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("control-dead-letters", Types.POJO(DeadLetter.class));

    /** The schemas in force, when they differ. */
    public static final OutputTag<SchemaSet> SCHEMAS =
            new OutputTag<>("schemas", TypeInformation.of(SchemaSet.class));

    /** The destinations in force, when they differ. */
    public static final OutputTag<DestinationSet> DESTINATIONS =
            new OutputTag<>("destinations", TypeInformation.of(DestinationSet.class));

    /** The log sources whose watching changes. */
    public static final OutputTag<WatchedSource> WATCHED_SOURCES =
            new OutputTag<>("watched-sources", TypeInformation.of(WatchedSource.class));

    /** How often to look whether the rules are checked. */
    private static final long LOOK_MILLIS = 100;

    private final ControlLocation control;
    private final boolean builtin;
    private final Duration timeLimit;

    private transient RuleSetChecks ruleSetChecks;
    private transient @Nullable ControlSnapshot next;
    private transient long retryMillis;
    private transient @Nullable Round round;
    private transient SchemaSetCheck schemaSetCheck;
    private transient ListState<SchemaSource> acceptedSchemaState;
    private transient @Nullable SchemaSet lastSchemas;
    private transient DestinationSetCheck destinationSetCheck;
    private transient ListState<DestinationSource> acceptedDestinationState;
    private transient @Nullable DestinationSet lastDestinations;
    private transient LogSourceFiles logSourceFiles;
    private transient LookupTableCheck lookupTableCheck;
    private transient TablesInForce lookupTables;
    private transient List<TablesInForce.LookupFailure> lookupFailures;
    private transient ListState<LookupTableSource> acceptedLookupTableState;
    private transient ListState<WatchedSource> watchedState;
    private transient WatchedSources watchedSources;
    private transient ListState<RuleSource> acceptedState;
    private transient @Nullable RuleSet last;
    private transient ListState<String> reportedState;
    private transient Set<String> reported;
    private transient Counter refused;

    /**
     * The checking of one snapshot.
     *
     * @param problems all that is wrong with it, as far as it was checked
     */
    private record Round(
            ControlSnapshot snapshot, List<LookupTableSource> lookupTables, Set<String> problems) {}

    /**
     * @param control where the data of lookup tables is
     * @param builtin whether the rules that come with Caracal are in force too
     * @param timeLimit of one evaluation of a rule
     */
    public ControlCheckFunction(ControlLocation control, boolean builtin, Duration timeLimit) {
        this.control = control;
        this.builtin = builtin;
        this.timeLimit = timeLimit;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        ClassLoaderRelease.registerIn(getRuntimeContext());
        acceptedState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "accepted-rules", Types.POJO(RuleSource.class)));
        reportedState =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("reported-problems", Types.STRING));
        List<RuleSource> acceptedRules = new ArrayList<>();
        acceptedState.get().forEach(acceptedRules::add);
        ruleSetChecks =
                new RuleSetChecks(
                        () -> new RuleEngine(timeLimit, RuleEngine.DEFAULT_LOAD_TIME_LIMIT),
                        builtin,
                        acceptedRules);
        acceptedSchemaState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "accepted-schemas", Types.POJO(SchemaSource.class)));
        schemaSetCheck = new SchemaSetCheck();
        schemaSetCheck.restore(acceptedSchemaState.get());
        acceptedLookupTableState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "accepted-lookup-tables",
                                        Types.POJO(LookupTableSource.class)));
        lookupTableCheck = new LookupTableCheck(control, System::currentTimeMillis);
        lookupTableCheck.restore(acceptedLookupTableState.get());
        lookupFailures = new ArrayList<>();
        lookupTables = new TablesInForce(control, System::currentTimeMillis, lookupFailures::add);
        acceptedDestinationState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "accepted-destinations",
                                        Types.POJO(DestinationSource.class)));
        destinationSetCheck = new DestinationSetCheck();
        destinationSetCheck.restore(acceptedDestinationState.get());
        logSourceFiles = LogSourceFiles.NONE;
        watchedState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "watched-sources",
                                        TypeInformation.of(WatchedSource.class)));
        watchedSources = new WatchedSources();
        watchedSources.restore(watchedState.get());
        reported = new HashSet<>();
        reportedState.get().forEach(reported::add);
        refused = getRuntimeContext().getMetricGroup().addGroup("caracal").counter("refusedFiles");
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        acceptedState.update(ruleSetChecks.accepted());
        acceptedSchemaState.update(schemaSetCheck.accepted());
        acceptedLookupTableState.update(lookupTableCheck.accepted());
        watchedState.update(watchedSources.all());
        acceptedDestinationState.update(destinationSetCheck.accepted());
        reportedState.update(List.copyOf(reported));
    }

    @Override
    public void close() {
        if (ruleSetChecks != null) {
            ruleSetChecks.close();
        }
    }

    @Override
    public void processElement(
            ControlSnapshot snapshot, Context context, Collector<RuleSetChange> out)
            throws Exception {
        next = snapshot;
        retryMillis = 0;
        advance(context, out);
    }

    /** Looks whether the rules are checked, or checks again what could not be checked. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RuleSetChange> out)
            throws Exception {
        advance(context, out);
    }

    /** One round after the other, each with the files as they are when it begins. */
    private void advance(Context context, Collector<RuleSetChange> out)
            throws InterruptedException {
        long now = context.timerService().currentProcessingTime();
        Round ended = round;
        if (ended != null && ruleSetChecks.hasAnswer()) {
            round = null;
            end(ended, context, out);
        }
        ControlSnapshot begun = next;
        if (round == null && begun != null && now >= retryMillis) {
            next = null;
            round = begin(begun, context);
        }
        if (round != null) {
            context.timerService().registerProcessingTimeTimer(now + LOOK_MILLIS);
        }
    }

    /** Checks all but the rules, which go on being checked meanwhile. */
    private Round begin(ControlSnapshot snapshot, Context context) {
        SchemaSetCheck.Checked schemas =
                schemaSetCheck.check(snapshot.texts(SchemaSetCheck.FOLDER));
        logSourceFiles =
                logSourceFiles.update(
                        snapshot.texts(LogSourceRefresher.FOLDER),
                        LogSourceReader.forKnownTypes(schemas.schemaSet()));
        LookupTableCheck.Checked tables = lookupTableCheck.check(snapshot, schemas.schemaSet());
        lookupTables.use(tables.tables(), true);
        ruleSetChecks.start(
                snapshot.texts(RuleSetCheck.FOLDER),
                lookupTables.current(),
                context.timerService().currentProcessingTime());
        watchedSources
                .update(logSourceFiles)
                .forEach(source -> context.output(WATCHED_SOURCES, source));
        DestinationSetCheck.Checked destinations =
                destinationSetCheck.check(snapshot.texts(DestinationSetCheck.FOLDER));
        var begun = new Round(snapshot, tables.tables(), new HashSet<>());
        for (String problem : snapshot.problems()) {
            report("file-left-out", "", problem, begun, context);
        }
        for (SchemaProblem problem : schemas.problems()) {
            report("schema-refused", problem.path(), problem.message(), begun, context);
        }
        logSourceFiles
                .problems()
                .forEach(
                        (path, problem) ->
                                report("log-source-refused", path, problem, begun, context));
        for (RuleProblem problem : tables.problems()) {
            report("lookup-table-refused", problem.path(), problem.toString(), begun, context);
        }
        for (TablesInForce.LookupFailure failure : lookupFailures) {
            report("lookup-table-failed", failure.location(), failure.message(), begun, context);
        }
        lookupFailures.clear();
        destinations
                .problems()
                .forEach(
                        (path, problem) ->
                                report("destination-refused", path, problem, begun, context));
        if (!schemas.schemaSet().equals(lastSchemas)) {
            lastSchemas = schemas.schemaSet();
            context.output(SCHEMAS, lastSchemas);
        }
        if (!destinations.destinationSet().equals(lastDestinations)) {
            lastDestinations = destinations.destinationSet();
            context.output(DESTINATIONS, lastDestinations);
        }
        return begun;
    }

    /** Without an engine to check the rules with, the round is to come again. */
    private void end(Round ended, Context context, Collector<RuleSetChange> out)
            throws InterruptedException {
        try {
            RuleSetCheck.Checked rules = ruleSetChecks.take();
            for (RuleProblem problem : rules.problems()) {
                report("rule-refused", problem.path(), problem.toString(), ended, context);
            }
            var ruleSet = new RuleSet(rules.rules(), ended.lookupTables());
            if (!ruleSet.equals(last)) {
                out.collect(RuleSetChange.between(last, ruleSet));
                last = ruleSet;
            }
        } catch (EngineFailedException e) {
            String problem = String.valueOf(e.getMessage());
            report(DetectFunction.ENGINE_FAILED, "", problem, ended, context);
            if (next == null) {
                next = ended.snapshot();
                retryMillis =
                        context.timerService().currentProcessingTime()
                                + RestartedEngine.LONGEST_PAUSE.toMillis();
                context.timerService().registerProcessingTimeTimer(retryMillis);
            }
        }
        reported.retainAll(ended.problems());
    }

    private void report(String reason, String path, String problem, Round round, Context context) {
        round.problems().add(problem);
        if (!reported.add(problem)) {
            return;
        }
        refused.inc();
        context.output(
                DEAD_LETTERS,
                new DeadLetter(
                        "control",
                        reason,
                        problem,
                        "",
                        path,
                        -1,
                        "",
                        context.timerService().currentProcessingTime()));
    }
}
