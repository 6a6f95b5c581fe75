package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.JobJar;
import dev.caracal.cli.JobOptionsFile;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.flink.FlinkRefusalException;
import dev.caracal.cli.flink.FlinkRest;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.job.JobOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the job to a Flink cluster and waits until it runs. */
@Command(
        name = "submit",
        description = {
            "Send the job to a Flink cluster, and wait until all of it runs.",
            "File and environment are read here and sent along; folders named in them must be there"
                    + " on the cluster's machines."
        },
        footer = {
            "",
            "Example: flink-conf/start-cluster.sh && caracal submit --config FILE",
            "Example: caracal submit --config FILE --cluster http://flink.example.com:8081"
                    + " --savepoint s3://example-caracal-state/savepoints/savepoint-1a2b3c-4d5e6f"
        })
public final class SubmitCommand implements Callable<Integer> {

    private static final List<ConfigOption<String>> FOLDERS =
            List.of(
                    JobOptions.CONTROL_LOCATION,
                    LakeOptions.WAREHOUSE,
                    JobOptions.RULE_CACHE_DIRECTORY);

    private static final Duration SLOT_PATIENCE = Duration.ofSeconds(5);

    private final Console console;
    private final Path home;

    @Mixin private ClusterOption cluster = new ClusterOption();

    @Mixin private JobOptionsFile config = new JobOptionsFile();

    @Option(
            names = "--savepoint",
            defaultValue = "",
            paramLabel = "PATH",
            description =
                    "Go on from this savepoint, or from a retained checkpoint, as the cluster sees"
                            + " it.")
    private String savepoint = "";

    @Option(
            names = "--allow-non-restored-state",
            description =
                    "Start even if the savepoint has state of an operator that is no longer there;"
                            + " that state is lost.")
    private boolean allowNonRestoredState;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description =
                    "How parallel the job runs; so many slots must be free (default: the cluster's"
                            + " parallelism.default).")
    private @Nullable Integer parallelism;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The job's jar (default: the one that is built here).")
    private @Nullable Path jar;

    @Option(
            names = "--wait-for-slots",
            description =
                    "Submit even if too few slots are free, for a cluster that starts TaskManagers"
                            + " when they are needed.")
    private boolean waitForSlots;

    /**
     * @param home the project's folder
     */
    public SubmitCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        if (parallelism != null && parallelism < 1) {
            throw new WrongUsageException(
                    "--parallelism is " + parallelism + ", expected 1 or more");
        }
        ObjectNode run = request(options());
        Path file = JobJar.find(jar, home);
        FlinkRest rest = cluster.rest();
        FlinkCluster flink = FlinkCluster.read(rest);
        flink.requireSupported();
        if (!waitForSlots) {
            requireSlots(rest, flink);
        }
        FlinkJobs jobs = new FlinkJobs(rest);
        for (FlinkJobs.Entry other : jobs.running()) {
            console.err()
                    .println(
                            "caracal: job "
                                    + other.id()
                                    + " ("
                                    + other.name()
                                    + ") runs there too");
        }
        String id = start(rest, file, run);
        console.out().println("Job:       " + id);
        console.out().println("Dashboard: " + rest.address() + "/#/job/running/" + id);
        console.out().flush();
        new JobStart(rest, jobs, id).await();
        console.out().println("All tasks run.");
        return 0;
    }

    /** The slots of a job that has just ended become free a moment later. */
    private void requireSlots(FlinkRest rest, FlinkCluster first)
            throws IOException, InterruptedException {
        int needed = parallelism == null ? first.defaultParallelism() : parallelism;
        long end = System.nanoTime() + SLOT_PATIENCE.toNanos();
        FlinkCluster flink = first;
        while (flink.freeSlots() < needed && flink.slots() >= needed && System.nanoTime() < end) {
            FlinkJobs.pause();
            flink = FlinkCluster.read(rest);
        }
        flink.requireSlots(needed);
    }

    private Configuration options() throws IOException {
        Configuration options = config.read();
        for (ConfigOption<String> option : FOLDERS) {
            // The cluster's processes have other working directories.
            options.getOptional(option)
                    .filter(location -> !location.contains("://"))
                    .map(location -> Path.of(location).toAbsolutePath().normalize().toString())
                    .ifPresent(location -> options.set(option, location));
        }
        return options;
    }

    private ObjectNode request(Configuration options) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        var arguments = run.putArray("programArgsList");
        new TreeMap<>(options.toMap())
                .forEach((key, value) -> arguments.add("--option").add(key + '=' + value));
        if (parallelism != null) {
            run.put("parallelism", parallelism);
        }
        if (!savepoint.isEmpty()) {
            run.put("savepointPath", savepoint).put("allowNonRestoredState", allowNonRestoredState);
        }
        return run;
    }

    private static String start(FlinkRest rest, Path file, JsonNode run)
            throws IOException, InterruptedException {
        String uploaded;
        try {
            uploaded = rest.upload(file);
        } catch (FlinkRefusalException e) {
            if (e.status() == 404) {
                throw new IOException(
                        "the cluster at "
                                + rest.address()
                                + " takes no jars: web.submit.enable is false in its config.yaml, or"
                                + " it runs a single application",
                        e);
            }
            throw e;
        }
        try {
            return rest.post("/jars/" + uploaded + "/run", run).path("jobid").asText();
        } catch (FlinkRefusalException e) {
            throw new IOException("the job has not started: " + e.reason(), e);
        } finally {
            // The job has a copy.
            rest.delete("/jars/" + uploaded);
        }
    }
}
