package dev.caracal.cli.demo;

import dev.caracal.cli.samples.Sample;
import dev.caracal.cli.samples.SampleLogs;
import dev.caracal.cli.samples.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Feeds the sample logs to the demo, and compares what comes out with what must. */
final class DemoOnce {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** What comes too much needs a checkpoint to be seen. */
    private static final Duration SETTLE = DemoJob.CHECKPOINT_INTERVAL.plusSeconds(2);

    private final Demo demo;
    private final List<Sample> samples = SampleLogs.all();
    private final Tally expected = SampleLogs.expected(samples);

    DemoOnce(Demo demo) {
        this.demo = demo;
    }

    /**
     * @return whether the counts agree
     * @throws IOException if the job ends
     */
    boolean run(Screen screen) throws Exception {
        demo.startCounting();
        demo.deliver(samples);
        screen.say(DemoText.fed(samples));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!isComplete() && System.nanoTime() < deadline) {
            demo.tick();
        }
        for (long second = 0; second < SETTLE.toSeconds(); second++) {
            demo.tick();
        }
        Comparison comparison = new Comparison(expected, demo.output(), demo.alertsOnSns());
        screen.endLive();
        comparison.lines().forEach(screen::say);
        return comparison.agrees();
    }

    private boolean isComplete() throws IOException {
        return demo.output().covers(expected) && demo.alertsOnSns().covers(expected.onlyAlerts());
    }
}
