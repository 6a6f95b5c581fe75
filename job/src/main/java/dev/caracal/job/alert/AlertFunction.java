package dev.caracal.job.alert;

import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.AlertPeriod;
import dev.caracal.rules.Match;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Groups matches into alerts: one alert for a rule and dedup string in a dedup period, as soon as
 * the rule's threshold is reached.
 *
 * <p>Periods run on processing time. A timer at a period's end forgets it.
 */
public final class AlertFunction extends KeyedProcessFunction<String, Match, Alert> {

    private static final long serialVersionUID = 1L;

    private transient ValueState<AlertPeriod> period;
    private transient Counter alerts;

    @Override
    public void open(OpenContext context) {
        period =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "alert-period", TypeInformation.of(AlertPeriod.class)));
        alerts = getRuntimeContext().getMetricGroup().addGroup("caracal").counter("alerts");
    }

    @Override
    public void processElement(Match match, Context context, Collector<Alert> out)
            throws Exception {
        if (!match.createAlert()) {
            return;
        }
        long now = context.timerService().currentProcessingTime();
        AlertPeriod next = AlertGrouping.add(period.value(), match, now);
        period.update(next);
        context.timerService().registerProcessingTimeTimer(next.endMillis());
        if (next.isNewAlert()) {
            alerts.inc();
            out.collect(next.alert());
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
            throws Exception {
        AlertPeriod current = period.value();
        if (current != null && current.endMillis() <= timestamp) {
            period.clear();
        }
    }
}
