package dev.caracal.job.health;

import dev.caracal.rules.Match;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Watches each log source: whether too many of its records are rejected, and whether it is silent
 * for longer than its {@code dropOffMinutes}. Runs on processing time; a silence is found once. It
 * also sums up what has come from the source.
 */
public final class SourceHealthFunction
        extends KeyedCoProcessFunction<String, SourceCount, WatchedSource, Match> {

    private static final long serialVersionUID = 1L;

    /** What has come from each log source, whenever that changes. */
    public static final OutputTag<SourceStatus> STATUSES =
            new OutputTag<>("source-statuses", TypeInformation.of(SourceStatus.class));

    static final Duration COUNTED = Duration.ofMinutes(10);

    /** A share of fewer says nothing. */
    static final int LEAST_RECORDS = 100;

    /** A timer that comes later than this was due while the job did not run. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final double mostRejected;

    private transient ValueState<WatchedSource> watchedState;
    private transient ValueState<SourceHealth> healthState;
    private transient ValueState<SourceStatus> statusState;

    /**
     * @param mostRejected share of rejected records that is no finding yet, 0 to 1
     */
    public SourceHealthFunction(double mostRejected) {
        if (!(mostRejected >= 0 && mostRejected <= 1)) {
            throw new IllegalArgumentException(
                    HealthOptions.CLASSIFICATION_FAILURES.key()
                            + " is "
                            + mostRejected
                            + ", expected 0 to 1");
        }
        this.mostRejected = mostRejected;
    }

    @Override
    public void open(OpenContext context) {
        watchedState =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "watched", TypeInformation.of(WatchedSource.class)));
        healthState =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "health", TypeInformation.of(SourceHealth.class)));
        statusState =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "status", TypeInformation.of(SourceStatus.class)));
    }

    @Override
    public void processElement1(SourceCount count, Context context, Collector<Match> out)
            throws Exception {
        TimerService timers = context.timerService();
        long now = timers.currentProcessingTime();
        SourceHealth before = healthState.value();
        SourceHealth health =
                (before == null ? SourceHealth.unknown(count.sourceLabel()) : before)
                        .add(count, now);
        if (health.countedUntilMillis() == 0) {
            health = health.countedUntil(now + COUNTED.toMillis());
            timers.registerProcessingTimeTimer(health.countedUntilMillis());
        }
        if (health.silentAtMillis() == 0) {
            health = watchSilence(health, watchedState.value(), timers);
        }
        healthState.update(health);
        tell(status(count.sourceId(), count.sourceLabel()).add(count, now), context);
    }

    private SourceStatus status(String sourceId, String label) throws Exception {
        SourceStatus status = statusState.value();
        return status == null ? SourceStatus.none(sourceId, label) : status;
    }

    private void tell(SourceStatus status, Context context) throws Exception {
        statusState.update(status);
        context.output(STATUSES, status);
    }

    @Override
    public void processElement2(WatchedSource source, Context context, Collector<Match> out)
            throws Exception {
        if (!source.exists()) {
            watchedState.clear();
            healthState.clear();
            statusState.clear();
            context.output(
                    STATUSES, SourceStatus.none(source.sourceId(), source.label()).removed());
            return;
        }
        watchedState.update(source);
        tell(status(source.sourceId(), source.label()).labelled(source.label()), context);
        SourceHealth health = healthState.value();
        if (health == null) {
            health =
                    SourceHealth.unknown(source.label())
                            .heardAt(context.timerService().currentProcessingTime());
        }
        healthState.update(watchSilence(health, source, context.timerService()));
    }

    private static SourceHealth watchSilence(
            SourceHealth health, @Nullable WatchedSource source, TimerService timers) {
        if (source == null || source.dropOffMinutes() == 0) {
            return health.silentAt(0);
        }
        long due =
                health.lastRecordMillis() + Duration.ofMinutes(source.dropOffMinutes()).toMillis();
        long silentAt = Math.max(due, timers.currentProcessingTime() + 1);
        timers.registerProcessingTimeTimer(silentAt);
        return health.silentAt(silentAt);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Match> out)
            throws Exception {
        SourceHealth health = healthState.value();
        if (health == null) {
            return;
        }
        if (health.countedUntilMillis() == timestamp) {
            judgeShare(health, context.getCurrentKey(), timestamp, out);
            health = health.countedAnew();
        }
        if (health.silentAtMillis() == timestamp) {
            health = judgeSilence(health, timestamp, context.timerService(), out);
        }
        healthState.update(health);
    }

    private void judgeShare(SourceHealth health, String sourceId, long now, Collector<Match> out)
            throws Exception {
        if (health.records() < LEAST_RECORDS || health.rejectedShare() <= mostRejected) {
            return;
        }
        var details = HealthFinding.noDetails();
        details.put("sourceId", sourceId)
                .put("records", health.records())
                .put("rejected", health.rejected());
        String title =
                String.format(
                        Locale.ROOT,
                        "%.1f%% of the records of log source %s are rejected",
                        100 * health.rejectedShare(),
                        health.label());
        out.collect(
                new HealthFinding(
                                HealthCheck.CLASSIFICATION_FAILURES,
                                sourceId,
                                1,
                                title,
                                "None of the log types of their prefix accepts them.",
                                details,
                                sourceId + '@' + Instant.ofEpochMilli(now),
                                now)
                        .match(destinations(watchedState.value())));
    }

    private SourceHealth judgeSilence(
            SourceHealth health, long now, TimerService timers, Collector<Match> out)
            throws Exception {
        WatchedSource source = watchedState.value();
        if (source == null || source.dropOffMinutes() == 0) {
            return health.silentAt(0);
        }
        long late = timers.currentProcessingTime() - now;
        if (late > LATE.toMillis()) {
            return watchSilence(health.heardAt(timers.currentProcessingTime()), source, timers);
        }
        long silent = now - health.lastRecordMillis();
        if (silent < Duration.ofMinutes(source.dropOffMinutes()).toMillis()) {
            return watchSilence(health, source, timers);
        }
        var details = HealthFinding.noDetails();
        details.put("sourceId", source.sourceId())
                .put("dropOffMinutes", source.dropOffMinutes())
                .put("lastRecords", Instant.ofEpochMilli(health.lastRecordMillis()).toString());
        out.collect(
                new HealthFinding(
                                HealthCheck.SOURCE_SILENT,
                                source.sourceId(),
                                1,
                                "Log source "
                                        + source.label()
                                        + " has sent nothing for "
                                        + Duration.ofMillis(silent).toMinutes()
                                        + " minutes",
                                "",
                                details,
                                source.sourceId() + '@' + Instant.ofEpochMilli(now),
                                now)
                        .match(destinations(source)));
        return health.silentAt(0);
    }

    private static @Nullable List<String> destinations(@Nullable WatchedSource source) {
        return source == null || source.destinations().isEmpty() ? null : source.destinations();
    }
}
