package dev.caracal.job.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.job.alert.AlertClock;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Tells an engine that is broken from rules that are: alerts of rule errors wait for a minute, and
 * if by then {@link #MANY_RULES} rules have failed, they become findings about the engine in place
 * of an alert each, and so do those of the hour that follows.
 *
 * <p>All alerts of rule errors go under one key. They are few, since the errors are grouped before.
 */
public final class RuleErrorFunction extends KeyedProcessFunction<String, Alert, Alert> {

    private static final long serialVersionUID = 1L;

    /** Findings about the engine. */
    public static final OutputTag<Match> FINDINGS =
            new OutputTag<>("rule-engine-findings", TypeInformation.of(Match.class));

    /** So many rules do not go wrong at once by themselves. */
    public static final int MANY_RULES = 10;

    static final Duration GATHERED = Duration.ofMinutes(1);
    static final Duration BROKEN = Duration.ofMinutes(HealthFinding.PERIOD_MINUTES);

    /** No dedup period is longer, so that no update comes later. */
    private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

    private final AlertClock clock;

    private transient ListState<Alert> waiting;
    private transient ValueState<Long> releaseAt;
    private transient ValueState<Long> brokenUntil;
    private transient MapState<String, Long> foldedUntil;

    public RuleErrorFunction(AlertClock clock) {
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        var state = getRuntimeContext();
        waiting =
                state.getListState(
                        new ListStateDescriptor<>("waiting", TypeInformation.of(Alert.class)));
        releaseAt = state.getState(new ValueStateDescriptor<>("release-at", Types.LONG));
        brokenUntil = state.getState(new ValueStateDescriptor<>("broken-until", Types.LONG));
        foldedUntil =
                state.getMapState(
                        new MapStateDescriptor<>("folded-until", Types.STRING, Types.LONG));
    }

    @Override
    public void processElement(Alert alert, Context context, Collector<Alert> out)
            throws Exception {
        if (foldedUntil.contains(alert.alertId())) {
            return;
        }
        Long broken = brokenUntil.value();
        if (alert.isNew() && broken != null && alert.creationTimeMillis() < broken) {
            fold(alert, HealthFinding.noDetails(), context);
            return;
        }
        Long release = releaseAt.value();
        if (release == null && !alert.isNew()) {
            out.collect(alert);
            return;
        }
        waiting.add(alert);
        if (release == null) {
            release = alert.creationTimeMillis() + GATHERED.toMillis();
            releaseAt.update(release);
            clock.register(context.timerService(), release);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
            throws Exception {
        Long release = releaseAt.value();
        if (release != null && release == timestamp) {
            release(timestamp, context, out);
        }
        var forgotten = new ArrayList<String>();
        for (var folded : foldedUntil.entries()) {
            if (folded.getValue() <= timestamp) {
                forgotten.add(folded.getKey());
            }
        }
        for (String alertId : forgotten) {
            foldedUntil.remove(alertId);
        }
        Long broken = brokenUntil.value();
        if (broken != null && broken <= timestamp) {
            brokenUntil.clear();
        }
    }

    private void release(long now, Context context, Collector<Alert> out) throws Exception {
        List<Alert> alerts = new ArrayList<>();
        waiting.get().forEach(alerts::add);
        waiting.clear();
        releaseAt.clear();
        List<String> rules = alerts.stream().map(Alert::ruleId).distinct().sorted().toList();
        if (rules.size() < MANY_RULES) {
            alerts.forEach(out::collect);
            return;
        }
        long until = now + BROKEN.toMillis();
        brokenUntil.update(until);
        clock.register(context.timerService(), until);
        ObjectNode details = HealthFinding.noDetails();
        ArrayNode names = details.putArray("rules");
        rules.forEach(names::add);
        for (Alert alert : alerts) {
            if (alert.isNew()) {
                fold(alert, details, context);
            }
        }
    }

    private void fold(Alert alert, ObjectNode details, Context context) throws Exception {
        long until = alert.creationTimeMillis() + LONGEST_PERIOD.toMillis();
        foldedUntil.put(alert.alertId(), until);
        clock.register(context.timerService(), until);
        ObjectNode all = details.deepCopy();
        all.put("rule", alert.ruleId()).put("error", alert.title()).put("rowId", firstRow(alert));
        context.output(
                FINDINGS,
                new HealthFinding(
                                HealthCheck.RULE_ENGINE,
                                "rule errors",
                                1,
                                MANY_RULES + " rules or more failed within a minute",
                                "The first error: " + alert.ruleId() + ": " + alert.title(),
                                all,
                                alert.alertId(),
                                alert.creationTimeMillis())
                        .match());
    }

    private static String firstRow(Alert alert) {
        return alert.rowIds().isEmpty() ? "" : alert.rowIds().get(0);
    }
}
