package dev.caracal.cli.replay;

import dev.caracal.cli.ProgressLine;
import dev.caracal.job.lake.LakeReadFunction;
import dev.caracal.job.replay.Finding;
import dev.caracal.job.replay.Replay;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** Runs a replay on a Flink cluster in this process, and shows how far it has come. */
final class ReplayRun {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ProgressLine progress;
    private final int parallelism;
    private final long start = System.nanoTime();

    ReplayRun(ProgressLine progress, int parallelism) {
        this.progress = progress;
        this.parallelism = parallelism;
    }

    /** Takes what was found. */
    interface Output {
        void accept(Finding finding) throws IOException;
    }

    /** What a replay has come to. */
    record Counts(long events, long matches, long ruleErrors, double seconds) {

        String summary(int rules, int alerts) {
            return String.format(
                    Locale.ROOT,
                    "%d events read, %d rules, %d matches, %d rule errors, %d alerts; %.1f s, %.0f"
                            + " events/s",
                    events,
                    rules,
                    matches,
                    ruleErrors,
                    alerts,
                    seconds,
                    events / seconds);
        }
    }

    Counts run(Replay replay, ReplayedEvents events, Configuration options, Output output)
            throws Exception {
        if (events.scans().isEmpty()) {
            return counts(Map.of());
        }
        Configuration configuration = Replay.configuration();
        // Counters come with heartbeats.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, INTERVAL);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (CloseableIterator<Finding> findings =
                replay.define(env, events.scans(), options).collectAsync()) {
            JobClient job = env.executeAsync();
            timer.scheduleWithFixedDelay(
                    () -> job.getAccumulators().thenAccept(soFar -> show(soFar, events.rows())),
                    INTERVAL.toMillis(),
                    INTERVAL.toMillis(),
                    TimeUnit.MILLISECONDS);
            while (findings.hasNext()) {
                output.accept(findings.next());
            }
            Counts counts = counts(job.getJobExecutionResult().get().getAllAccumulatorResults());
            return counts;
        } finally {
            timer.shutdownNow();
            progress.clear();
        }
    }

    private void show(Map<String, Object> soFar, long rows) {
        Counts counts = counts(soFar);
        progress.show(
                String.format(
                        Locale.ROOT,
                        "%d of %d rows, %.0f events/s",
                        counts.events(),
                        rows,
                        counts.events() / counts.seconds()));
    }

    private Counts counts(Map<String, Object> accumulators) {
        return new Counts(
                count(accumulators, LakeReadFunction.READ),
                count(accumulators, Replay.MATCHES),
                count(accumulators, Replay.RULE_ERRORS),
                (System.nanoTime() - start) / 1e9);
    }

    private static long count(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Long count ? count : 0;
    }
}
