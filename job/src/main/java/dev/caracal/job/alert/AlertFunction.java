package dev.caracal.job.alert;

import dev.caracal.job.metrics.RecentMaximum;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.AlertPeriod;
import dev.caracal.rules.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
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
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Groups matches into alerts: one alert for a rule and dedup string in a dedup period, as soon as
 * the rule's threshold is reached. Matches that come after it are told in updates, at most one in
 * an interval, and the last at the period's end, which a timer forgets.
 *
 * <p>On event time a match waits until the watermark has passed it, and is counted with the others
 * of its key in the order of their event times, so that the order in which they came makes no
 * difference. One that comes behind the watermark is counted at once.
 */
public final class AlertFunction extends KeyedProcessFunction<String, Match, Alert> {

    private static final long serialVersionUID = 1L;

    /** Every match, with the id of the alert that it belongs to. */
    public static final OutputTag<Match> MATCHES =
            new OutputTag<>("matches", TypeInformation.of(Match.class));

    /** Alerts of rule errors, which come here alone. */
    public static final OutputTag<Alert> RULE_ERRORS =
            new OutputTag<>("rule-errors", TypeInformation.of(Alert.class));

    private final Alert.Type type;
    private final AlertClock clock;
    private final Duration updateInterval;

    private transient ValueState<Alert> openedState;
    private transient ValueState<AlertPeriod> periodState;
    private transient ListState<String> rowIds;
    private transient MapState<String, Boolean> uniques;
    private transient MapState<Long, List<Match>> waiting;
    private transient Counter alerts;
    private transient Counter updates;
    private transient Counter lateMatches;
    private transient RecentMaximum alertLatency;

    /**
     * @param type of the alerts; matches that are rule errors make alerts of their own type
     * @param updateInterval how long matches after an alert are gathered for one update
     */
    public AlertFunction(Alert.Type type, AlertClock clock, Duration updateInterval) {
        if (updateInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    AlertOptions.UPDATE_INTERVAL.key()
                            + " is "
                            + updateInterval
                            + ", expected at least 1 s");
        }
        this.type = type;
        this.clock = clock;
        this.updateInterval = updateInterval;
    }

    @Override
    public void open(OpenContext context) {
        var state = getRuntimeContext();
        openedState =
                state.getState(
                        new ValueStateDescriptor<>("opened", TypeInformation.of(Alert.class)));
        periodState =
                state.getState(
                        new ValueStateDescriptor<>(
                                "period", TypeInformation.of(AlertPeriod.class)));
        rowIds = state.getListState(new ListStateDescriptor<>("row-ids", Types.STRING));
        uniques =
                state.getMapState(new MapStateDescriptor<>("uniques", Types.STRING, Types.BOOLEAN));
        waiting =
                state.getMapState(
                        new MapStateDescriptor<>(
                                "waiting",
                                Types.LONG,
                                Types.LIST(TypeInformation.of(Match.class))));
        MetricGroup metrics = state.getMetricGroup().addGroup("caracal");
        alerts = metrics.counter("alerts");
        updates = metrics.counter("alertUpdates");
        lateMatches = metrics.counter("lateMatches");
        alertLatency = metrics.gauge("alertLatencyMillis", new RecentMaximum());
    }

    @Override
    public void processElement(Match match, Context context, Collector<Alert> out)
            throws Exception {
        if (!match.createAlert() && !match.error()) {
            context.output(MATCHES, match);
            return;
        }
        if (clock == AlertClock.PROCESSING_TIME) {
            count(match, context.timerService().currentProcessingTime(), context, out);
            return;
        }
        if (match.eventTimeMillis() <= context.timerService().currentWatermark()) {
            lateMatches.inc();
            count(match, match.eventTimeMillis(), context, out);
            return;
        }
        List<Match> sameTime = waiting.get(match.eventTimeMillis());
        List<Match> more = sameTime == null ? new ArrayList<>() : new ArrayList<>(sameTime);
        more.add(match);
        waiting.put(match.eventTimeMillis(), more);
        context.timerService().registerEventTimeTimer(match.eventTimeMillis());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
            throws Exception {
        AlertPeriod period = periodState.value();
        if (period != null && period.endMillis() <= timestamp) {
            end(period, context, out);
        } else if (period != null && period.updateAtMillis() == timestamp) {
            periodState.update(write(openedState.value(), period, timestamp, context, out));
        }
        List<Match> due = clock == AlertClock.EVENT_TIME ? waiting.get(timestamp) : null;
        if (due != null) {
            waiting.remove(timestamp);
            for (Match match : due.stream().sorted(Comparator.comparing(Match::rowId)).toList()) {
                count(match, timestamp, context, out);
            }
        }
    }

    private void count(Match match, long now, Context context, Collector<Alert> out)
            throws Exception {
        AlertPeriod period = periodState.value();
        if (period != null && now >= period.endMillis()) {
            // Processing time has passed the end, and the timer has not come to it yet.
            end(period, context, out);
            period = null;
        }
        Alert opened = null;
        AlertPeriod next;
        if (period == null) {
            opened = open(match, now);
            next = begin(opened, match, context);
        } else {
            next = add(period, match, now);
        }
        if (opened == null && next.eventCount() <= AlertGrouping.MAX_ROW_IDS) {
            rowIds.add(match.rowId());
        }
        context.output(MATCHES, match.withAlertId(next.alertId()));
        if (next.isNewAlert()) {
            alertLatency.addSince(match.eventTimeMillis());
            if (next.threshold() > 1) {
                uniques.clear();
            }
            Alert first = opened == null ? openedState.value() : opened;
            next = write(first, next, next.creationTimeMillis(), context, out);
        } else if (next.isAlert() && next.updateAtMillis() == 0) {
            next = next.updateAt(now + updateInterval.toMillis());
            if (next.updateAtMillis() < next.endMillis()) {
                clock.register(context.timerService(), next.updateAtMillis());
            }
        }
        periodState.update(next);
    }

    private Alert open(Match match, long now) throws Exception {
        Alert opened = AlertGrouping.open(match.error() ? Alert.Type.RULE_ERROR : type, match, now);
        openedState.update(opened);
        return opened;
    }

    private AlertPeriod begin(Alert opened, Match match, Context context) throws Exception {
        AlertPeriod period = AlertGrouping.begin(opened, match);
        clock.register(context.timerService(), period.endMillis());
        if (!period.isAlert()) {
            remember(match);
        }
        return period;
    }

    private AlertPeriod add(AlertPeriod period, Match match, long now) throws Exception {
        boolean counts = !period.isAlert() && !isKnown(match);
        if (counts) {
            remember(match);
        }
        return period.add(match.logType(), counts, now);
    }

    private boolean isKnown(Match match) throws Exception {
        return !match.unique().isEmpty() && uniques.contains(match.unique());
    }

    /** A match without a value counts by itself, and leaves none behind. */
    private void remember(Match match) throws Exception {
        if (!match.unique().isEmpty()) {
            uniques.put(match.unique(), true);
        }
    }

    private void end(AlertPeriod period, Context context, Collector<Alert> out) throws Exception {
        if (period.isUnwritten()) {
            write(openedState.value(), period, period.endMillis(), context, out);
        }
        openedState.clear();
        periodState.clear();
        rowIds.clear();
        if (!period.isAlert()) {
            uniques.clear();
        }
    }

    private AlertPeriod write(
            Alert opened, AlertPeriod period, long now, Context context, Collector<Alert> out)
            throws Exception {
        (period.isNewAlert() ? alerts : updates).inc();
        Alert alert = opened.asOf(period, rowIds(opened, period), now);
        if (alert.type() == Alert.Type.RULE_ERROR) {
            context.output(RULE_ERRORS, alert);
        } else {
            out.collect(alert);
        }
        return period.written();
    }

    /**
     * The first is the opened alert's. The list has those of later matches, and in savepoints of
     * version 0.1 the first one too. It is not asked in vain: of all reads, one that finds nothing
     * looks into most files.
     */
    private List<String> rowIds(Alert opened, AlertPeriod period) throws Exception {
        if (period.eventCount() == 1) {
            return opened.rowIds();
        }
        var ids = new LinkedHashSet<String>(opened.rowIds());
        rowIds.get().forEach(ids::add);
        return List.copyOf(ids);
    }
}
