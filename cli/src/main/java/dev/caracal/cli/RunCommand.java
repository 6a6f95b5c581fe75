package dev.caracal.cli;

import dev.caracal.cli.flink.LocalFlink;
import dev.caracal.job.CaracalJob;
import dev.caracal.job.JobOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the job on a Flink cluster in this process. */
@Command(name = "run", description = "Run the job in this process, on a Flink cluster of its own.")
final class RunCommand implements Callable<Integer> {

    /** What of a cluster's configuration concerns jobs, not processes and their memory. */
    private static final List<String> JOB_OPTIONS =
            List.of("execution.", "state.", "restart-strategy", "metrics.");

    private final Console console;
    private final Path home;

    @Mixin private JobOptionsFile config = new JobOptionsFile();

    @Option(
            names = "--flink-conf",
            paramLabel = "FOLDER",
            description =
                    "Has Flink's config.yaml, of which checkpoints, state, restarts and metrics count"
                            + " (default: flink-conf of the project).")
    private Path flinkConf;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "How parallel the job runs (default: the number of CPUs).")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--dashboard-port",
            defaultValue = "8081",
            paramLabel = "PORT",
            description = "Where Flink's dashboard listens, 0 for any free port (default: 8081).")
    private int dashboardPort;

    RunCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
        this.flinkConf = home.resolve("flink-conf");
    }

    @Override
    public Integer call() throws Exception {
        Path log = home.resolve(".caracal").resolve("log").resolve("run.log");
        System.setProperty("caracal.log", log.toString());
        Configuration options = config.read();
        if (!options.contains(JobOptions.RULE_CACHE_DIRECTORY)) {
            Path cache = home.resolve(".caracal").resolve("rule-cache");
            options.set(JobOptions.RULE_CACHE_DIRECTORY, cache.toString());
        }
        Configuration cluster = jobOptions();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        environment.setParallelism(parallelism);
        CaracalJob.build(environment, options);
        try (LocalFlink flink = LocalFlink.start(cluster, dashboardPort, parallelism)) {
            JobID job = flink.submit(environment);
            console.out().println("Flink's dashboard: " + flink.dashboard() + "  log: " + log);
            console.out().flush();
            flink.result(job).get();
            JobStatus status = flink.status(job);
            console.out().println("The job has ended: " + status);
            return status == JobStatus.FINISHED ? 0 : 1;
        }
    }

    private Configuration jobOptions() {
        Configuration all = GlobalConfiguration.loadConfiguration(flinkConf.toString());
        Configuration kept = new Configuration();
        all.toMap()
                .forEach(
                        (key, value) -> {
                            if (JOB_OPTIONS.stream().anyMatch(key::startsWith)) {
                                kept.setString(key, value);
                            }
                        });
        return kept;
    }
}
