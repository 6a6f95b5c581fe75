package dev.caracal.cli.demo;

import dev.caracal.cli.Console;
import dev.caracal.cli.samples.Sample;
import dev.caracal.cli.samples.SampleLogs;
import dev.caracal.cli.samples.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything on this machine, and feeds it the sample logs. */
@Command(
        name = "demo",
        description = {
            "Run everything on this machine: S3, SQS, SNS and STS on loopback, Flink with its"
                    + " dashboard, and the job; put sample logs of four accounts into buckets, and show"
                    + " the alerts as they come."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final Duration ONCE_LIMIT = Duration.ofSeconds(180);

    /** What comes too much must have had the time to come. */
    private static final Duration SETTLE = DemoJob.CHECKPOINT_INTERVAL.plusSeconds(2);

    private final Console console;
    private final Path home;

    @Option(
            names = "--once",
            description =
                    "End when the sample logs are through; exit with status 0 only if what came out"
                            + " is what must.")
    private boolean once;

    @Option(names = "--fresh", description = "Empty the demo's folder first.")
    private boolean fresh;

    @Option(
            names = "--dashboard-port",
            defaultValue = "8081",
            paramLabel = "PORT",
            description = "Where Flink's dashboard listens, 0 for any free port (default: 8081).")
    private int dashboardPort;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where the demo keeps its data (default: .caracal/demo).")
    private @Nullable Path folder;

    /**
     * @param home the project's folder
     */
    public DemoCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        DemoFolder data =
                new DemoFolder(folder == null ? home.resolve(".caracal").resolve("demo") : folder);
        if (fresh) {
            data.empty();
        }
        System.setProperty("caracal.log", data.logs().resolve("job.log").toString());
        Screen screen = new Screen(console.out(), !once && System.console() != null);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> stop(stop, stopped), "stop-demo");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (Demo demo = new Demo(data, home.resolve("local-aws"), dashboardPort, screen, stop)) {
            return once ? once(demo, screen) : untilStopped(demo, screen);
        } catch (InterruptedException e) {
            return 0;
        } finally {
            stopped.countDown();
        }
    }
}
