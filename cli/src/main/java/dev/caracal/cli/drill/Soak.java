package dev.caracal.cli.drill;

import dev.caracal.cli.flink.FlinkProcesses.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Lets the job run under a steady load while a rule, the log sources and a schema change each
 * minute, and records what its processes hold.
 */
final class Soak {

    private static final Duration SAMPLING = Duration.ofSeconds(10);
    private static final Duration CHURN = Duration.ofMinutes(1);

    /** All that was put has come out within this after the last was put. */
    private static final Duration CATCH_UP = Duration.ofMinutes(1);

    private final DrillSite site;
    private final PrintStream out;
    private final List<SoakSample> samples = new ArrayList<>();
    private final long begun = System.nanoTime();

    /**
     * @param out takes a line for each sample
     */
    Soak(DrillSite site, PrintStream out) {
        this.site = site;
        this.out = out;
    }

    /**
     * @param rate records a second
     * @return whether every record is in the lake in the end, none twice, without a restart
     */
    boolean run(Duration duration, int rate) throws IOException, InterruptedException {
        SoakChurn churn = new SoakChurn(site.rules(), site.folder().control());
        try (SoakFeed feed = new SoakFeed(site.delivery(), churn::knownPrefix)) {
            feed.start(rate);
            long nextChange = CHURN.toNanos();
            long nextSample = 0;
            while (elapsed() < duration.toNanos()) {
                if (elapsed() >= nextChange) {
                    churn.change();
                    nextChange += CHURN.toNanos();
                }
                if (elapsed() >= nextSample) {
                    sample(feed);
                    nextSample = Math.max(nextSample + SAMPLING.toNanos(), elapsed());
                }
                Drill.pause();
            }
            double seconds = elapsed() / 1e9;
            feed.stop();
            boolean complete = site.await(CATCH_UP, () -> site.lake().count() >= feed.put());
            sample(feed);
            long inLake = site.lake().count();
            long restarts = site.cluster().restarts();
            out.printf(
                    Locale.ROOT,
                    "put %,d records, %.1f MB/s before compression, %,.0f records/s; in the lake"
                            + " %,d; restarts: %d%n",
                    feed.put(),
                    feed.bytes() / 1e6 / seconds,
                    feed.put() / seconds,
                    inLake,
                    restarts);
            return complete && inLake == feed.put() && restarts == 0;
        }
    }

    private long elapsed() {
        return System.nanoTime() - begun;
    }

    private void sample(SoakFeed feed) throws IOException, InterruptedException {
        SoakSample sample =
                new SoakSample(
                        elapsed() / 1e9,
                        SoakReading.of(site.cluster().alive(Kind.TASK_MANAGER).get(0)),
                        SoakReading.of(site.cluster().alive(Kind.JOB_MANAGER).get(0)),
                        site.cluster().checkpointBytes(),
                        feed.put(),
                        site.lake().count());
        if (samples.isEmpty()) {
            out.println("seconds;" + String.join(";", sample.values().keySet()));
        }
        samples.add(sample);
        out.println(
                sample.values().values().stream()
                        .map(value -> String.format(Locale.ROOT, "%.1f", value))
                        .collect(
                                Collectors.joining(
                                        ";",
                                        String.format(Locale.ROOT, "%.0f;", sample.seconds()),
                                        "")));
        out.flush();
    }

    /** Draws all that was sampled. */
    void plot(Path file) throws IOException {
        SoakPlot plot = new SoakPlot();
        for (String name : samples.get(0).values().keySet()) {
            plot.add(name, samples.stream().map(sample -> value(sample, name)).toList());
        }
        double minutes = samples.get(samples.size() - 1).seconds() / 60;
        Files.writeString(file, plot.svg(String.format(Locale.ROOT, "%.0f min", minutes)));
    }

    private static double value(SoakSample sample, String name) {
        return sample.values().getOrDefault(name, 0.0);
    }
}
