package dev.caracal.job.detect;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.job.ClassLoaderRelease;
import dev.caracal.job.lookup.LookupTableCheck;
import dev.caracal.job.lookup.LookupTableSource;
import dev.caracal.job.lookup.TablesInForce;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSetCheck;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleCache;
import dev.caracal.rules.RuleCosts;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleWarning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Judges every event by the rules in force for its log type.
 *
 * <p>The rules are in broadcast state, as written; compiled they live in the task. A task that is
 * restored judges its first event by the rules of its state. One that starts afresh reads the
 * control location itself, since the broadcast may come later than the first event.
 *
 * <p>Before an event is judged, the lookup tables add what they know of it. Their definitions are
 * in broadcast state; the data is loaded here, once for all tasks of the JVM.
 *
 * <p>An event that cannot be judged, since the engine cannot be opened or is broken, becomes a dead
 * letter; the engine is opened again after a pause.
 */
public final class DetectFunction extends BroadcastProcessFunction<Event, RuleSetChange, Match> {

    private static final long serialVersionUID = 1L;

    /** The rules in force, by path. */
    public static final MapStateDescriptor<String, RuleSource> RULES =
            new MapStateDescriptor<>("rules", Types.STRING, Types.POJO(RuleSource.class));

    /** The lookup tables in force, by path. */
    public static final MapStateDescriptor<String, LookupTableSource> LOOKUP_TABLES =
            new MapStateDescriptor<>(
                    "lookup-tables", Types.STRING, Types.POJO(LookupTableSource.class));

    /** The events as the rules saw them, with what lookup tables know of them. */
    public static final OutputTag<Event> EVENTS =
            new OutputTag<>("events", Types.POJO(Event.class));

    /**
     * Events that could not be judged, data of lookup tables that could not be loaded, and what
     * shows of rules while they run.
     */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("detect-dead-letters", Types.POJO(DeadLetter.class));

    /** For an event that could not be judged, and for a control location that was not checked. */
    static final String ENGINE_FAILED = "engine-failed";

    private final ArrayList<RuleSource> rules;
    private final ControlLocation control;
    private final boolean builtin;
    private final Duration timeLimit;
    private final RuleCacheSettings cacheSettings;

    private transient RuleCache cache;
    private transient RestartedEngine engine;
    private transient TablesInForce lookupTables;
    private transient List<TablesInForce.LookupFailure> failures;
    private transient boolean loaded;
    private transient DetectMetrics metrics;

    /**
     * @param control where the rules are
     * @param builtin whether the rules that come with Caracal are in force too
     * @param timeLimit of one evaluation of a rule
     * @param cacheSettings where rules remember things
     */
    public DetectFunction(
            ControlLocation control,
            boolean builtin,
            Duration timeLimit,
            RuleCacheSettings cacheSettings) {
        this(new ArrayList<>(), control, builtin, timeLimit, cacheSettings);
    }

    private DetectFunction(
            ArrayList<RuleSource> rules,
            ControlLocation control,
            boolean builtin,
            Duration timeLimit,
            RuleCacheSettings cacheSettings) {
        this.rules = rules;
        this.control = control;
        this.builtin = builtin;
        this.timeLimit = timeLimit;
        this.cacheSettings = cacheSettings;
    }

    /** Judges the first event by these rules, whatever the control location has. */
    public static DetectFunction withRules(
            List<RuleSource> rules,
            ControlLocation control,
            Duration timeLimit,
            RuleCacheSettings cacheSettings) {
        return new DetectFunction(new ArrayList<>(rules), control, false, timeLimit, cacheSettings);
    }

    @Override
    public void open(OpenContext context) {
        ClassLoaderRelease.registerIn(getRuntimeContext());
        cache = cacheSettings.open();
        var costs = new RuleCosts();
        engine =
                new RestartedEngine(
                        () ->
                                new RuleEngine(
                                        timeLimit,
                                        RuleEngine.DEFAULT_LOAD_TIME_LIMIT,
                                        cache,
                                        costs));
        engine.warmUp();
        failures = new ArrayList<>();
        lookupTables = new TablesInForce(control, System::currentTimeMillis, failures::add);
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("caracal");
        group.gauge("rules", engine::size);
        group.gauge("lookupTables", () -> lookupTables.current().size());
        metrics = new DetectMetrics(group, costs);
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
        if (cache != null) {
            cache.close();
        }
    }

    @Override
    public void processElement(Event parsed, ReadOnlyContext context, Collector<Match> out)
            throws Exception {
        long now = context.currentProcessingTime();
        try {
            if (!loaded) {
                load(context, now);
            }
        } catch (EngineFailedException e) {
            context.output(EVENTS, parsed);
            context.output(DEAD_LETTERS, notJudged(parsed, e, now));
            return;
        }
        if (lookupTables.hasChanged()) {
            engine.use(lookupTables.current());
        }
        report(letter -> context.output(DEAD_LETTERS, letter));
        Event event = lookupTables.current().enrich(parsed);
        context.output(EVENTS, event);
        try {
            for (Match match : engine.ask(now, judge -> judge.evaluate(event))) {
                metrics.match(match);
                out.collect(match);
            }
            metrics.evaluated();
        } catch (EngineFailedException e) {
            context.output(DEAD_LETTERS, notJudged(event, e, now));
        }
        for (RuleWarning warning : engine.takeWarnings()) {
            context.output(
                    DEAD_LETTERS,
                    letter(warning.reason().toString(), warning.text(), warning.path(), "", now));
        }
    }

    private DeadLetter notJudged(Event event, EngineFailedException failure, long now) {
        return letter(
                ENGINE_FAILED,
                String.valueOf(failure.getMessage()),
                "",
                new String(event.json(), StandardCharsets.UTF_8),
                now);
    }

    private DeadLetter letter(String reason, String detail, String object, String text, long now) {
        metrics.deadLetter(reason);
        return new DeadLetter("detect", reason, detail, "", object, -1, text, now);
    }

    @Override
    public void processBroadcastElement(RuleSetChange change, Context context, Collector<Match> out)
            throws Exception {
        BroadcastState<String, RuleSource> state = context.getBroadcastState(RULES);
        if (change.whole()) {
            state.clear();
        }
        for (String path : change.removedPaths()) {
            state.remove(path);
        }
        for (RuleSource rule : change.rules()) {
            state.put(rule.path(), rule);
        }
        BroadcastState<String, LookupTableSource> tables = context.getBroadcastState(LOOKUP_TABLES);
        tables.clear();
        for (LookupTableSource table : change.lookupTables()) {
            tables.put(table.path(), table);
        }
        useTables(change.lookupTables());
        swap(values(state));
        report(letter -> context.output(DEAD_LETTERS, letter));
    }

    private void load(ReadOnlyContext context, long now) throws Exception {
        if (!rules.isEmpty()) {
            useTables(List.of());
            swap(rules);
            return;
        }
        List<RuleSource> restored = values(context.getBroadcastState(RULES));
        List<LookupTableSource> tables = values(context.getBroadcastState(LOOKUP_TABLES));
        if (!restored.isEmpty() || !tables.isEmpty()) {
            useTables(tables);
            swap(restored);
            return;
        }
        ControlSnapshot snapshot = control.read();
        SchemaSet schemas =
                new SchemaSetCheck().check(snapshot.texts(SchemaSetCheck.FOLDER)).schemaSet();
        useTables(
                new LookupTableCheck(control, System::currentTimeMillis)
                        .check(snapshot, schemas)
                        .tables());
        SortedMap<String, String> files = snapshot.texts(RuleSetCheck.FOLDER);
        swap(engine.ask(now, judge -> new RuleSetCheck(builtin).check(judge, files)).rules());
    }

    private static <T> List<T> values(ReadOnlyBroadcastState<String, T> state) throws Exception {
        Map<String, T> values = new LinkedHashMap<>();
        state.immutableEntries().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return List.copyOf(values.values());
    }

    /** The first tables are there before the first event; later ones take over when loaded. */
    private void useTables(List<LookupTableSource> tables) {
        lookupTables.use(tables, !loaded);
        engine.use(lookupTables.current());
    }

    private void report(Consumer<DeadLetter> out) {
        for (TablesInForce.LookupFailure failure : failures) {
            out.accept(
                    letter(
                            "lookup-table-failed",
                            failure.message(),
                            failure.location(),
                            "",
                            System.currentTimeMillis()));
        }
        failures.clear();
    }

    /** Compiles what is new, by content, and drops what is gone. */
    private void swap(List<RuleSource> wanted) {
        long begun = System.nanoTime();
        engine.load(wanted);
        loaded = true;
        metrics.reloaded(wanted, Duration.ofNanos(System.nanoTime() - begun));
    }
}
