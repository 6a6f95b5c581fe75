package dev.caracal.cli.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private static final int STOP_SECONDS = 30;

    private final PrintStream out;
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
    public DemoCommand(PrintStream out, Path home) {
        this.out = out;
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
        Screen screen = new Screen(out, Boolean.getBoolean("caracal.terminal"));
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, stopped), "stop-demo"));
        try (Demo demo = new Demo(data, home.resolve("local-aws"), dashboardPort, screen, stop)) {
            DemoText.begin(demo).forEach(screen::say);
            if (once) {
                return new DemoOnce(demo).run(screen) ? 0 : 1;
            }
            DemoText.toTry(demo).forEach(screen::say);
            new DemoLoop(demo, screen).run();
            return 0;
        } catch (InterruptedException e) {
            // Ctrl-C is how the demo ends.
            return 0;
        } finally {
            stopped.countDown();
        }
    }

    /** The JVM ends when this returns, so it waits until all is closed. */
    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            boolean unused = stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
