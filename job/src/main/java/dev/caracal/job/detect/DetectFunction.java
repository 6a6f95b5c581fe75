package dev.caracal.job.detect;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleCache;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every event by the rules in force for its log type.
 *
 * <p>The rules are in broadcast state, as written; compiled they live in the task. A task that is
 * restored judges its first event by the rules of its state. One that starts afresh reads the
 * control location itself, since the broadcast may come later than the first event.
 */
public final class DetectFunction extends BroadcastProcessFunction<Event, RuleSet, Match> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DetectFunction.class);

    /** The rules in force, by path. */
    public static final MapStateDescriptor<String, RuleSource> RULES =
            new MapStateDescriptor<>("rules", Types.STRING, Types.POJO(RuleSource.class));

    private final ControlLocation control;
    private final boolean builtin;
    private final Duration timeLimit;
    private final RuleCacheSettings cacheSettings;

    private transient RuleCache cache;
    private transient RuleEngine engine;
    private transient boolean loaded;
    private transient MetricGroup metrics;
    private transient Map<String, Counter> matchesByRule;
    private transient Map<String, Counter> errorsByRule;
    private transient Counter evaluated;
    private transient Counter reloads;

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
        this.control = control;
        this.builtin = builtin;
        this.timeLimit = timeLimit;
        this.cacheSettings = cacheSettings;
    }

    @Override
    public void open(OpenContext context) {
        cache = cacheSettings.open();
        engine = new RuleEngine(timeLimit, RuleEngine.DEFAULT_LOAD_TIME_LIMIT, cache);
        matchesByRule = new HashMap<>();
        errorsByRule = new HashMap<>();
        metrics = getRuntimeContext().getMetricGroup().addGroup("caracal");
        evaluated = metrics.counter("evaluatedEvents");
        reloads = metrics.counter("ruleReloads");
        metrics.gauge("rules", engine::size);
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
    public void processElement(Event event, ReadOnlyContext context, Collector<Match> out)
            throws Exception {
        if (!loaded) {
            load(context.getBroadcastState(RULES));
        }
        evaluated.inc();
        for (Match match : engine.evaluate(event)) {
            counter(match).inc();
            out.collect(match);
        }
    }

    @Override
    public void processBroadcastElement(RuleSet ruleSet, Context context, Collector<Match> out)
            throws Exception {
        BroadcastState<String, RuleSource> state = context.getBroadcastState(RULES);
        state.clear();
        for (RuleSource rule : ruleSet.rules()) {
            state.put(rule.path(), rule);
        }
        swap(ruleSet.rules());
    }

    private void load(ReadOnlyBroadcastState<String, RuleSource> state) throws Exception {
        Map<String, RuleSource> rules = new LinkedHashMap<>();
        state.immutableEntries().forEach(entry -> rules.put(entry.getKey(), entry.getValue()));
        swap(rules.isEmpty() ? readControlLocation() : List.copyOf(rules.values()));
    }

    private List<RuleSource> readControlLocation() throws IOException {
        return new RuleSetCheck(engine, builtin)
                .check(control.read().texts(RuleSetCheck.FOLDER))
                .ruleSet()
                .rules();
    }

    /** Compiles what is new, by content, and drops what is gone. */
    private void swap(List<RuleSource> rules) {
        for (RuleProblem problem : engine.load(rules).problems()) {
            LOG.error("What was accepted cannot be loaded, {}", problem);
        }
        loaded = true;
        reloads.inc();
    }

    private Counter counter(Match match) {
        Map<String, Counter> counters = match.error() ? errorsByRule : matchesByRule;
        return counters.computeIfAbsent(
                match.ruleId(),
                ruleId ->
                        metrics.addGroup("rule", ruleId)
                                .counter(match.error() ? "ruleErrors" : "matches"));
    }
}
