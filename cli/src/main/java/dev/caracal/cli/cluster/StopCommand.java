package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.flink.FlinkRest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a job so that it can go on later where it stood. */
@Command(
        name = "stop",
        description = {
            "Stop the job with a savepoint, and print its path.",
            "caracal submit --savepoint PATH goes on from there: nothing is lost, nothing comes"
                    + " twice."
        },
        footer = {"", "Example: caracal submit --config FILE --savepoint $(caracal stop)"})
public final class StopCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private ClusterOption cluster = new ClusterOption();

    @Mixin private SavepointOptions savepoint = new SavepointOptions();

    @Option(
            names = "--no-savepoint",
            description =
                    "Cancel the job as it is, and print the path of its last checkpoint; for a job"
                            + " that cannot take a savepoint any more.")
    private boolean noSavepoint;

    public StopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (noSavepoint && !savepoint.directory().isEmpty()) {
            throw new WrongUsageException("--savepoint-dir and --no-savepoint exclude each other");
        }
        FlinkRest rest = cluster.rest();
        FlinkJobs jobs = new FlinkJobs(rest);
        FlinkJobs.Entry found = jobs.find(savepoint.job());
        return noSavepoint ? cancel(rest, jobs, found) : stop(rest, jobs, found);
    }

    private int stop(FlinkRest rest, FlinkJobs jobs, FlinkJobs.Entry found)
            throws IOException, InterruptedException {
        if (!found.state().equals("RUNNING")) {
            throw new IOException(
                    "job "
                            + found.id()
                            + " is "
                            + found.state()
                            + " and cannot take a savepoint: "
                            + jobs.lastFailure(found.id())
                            + "; --no-savepoint ends it at its last checkpoint");
        }
        String path = Savepoint.stop(rest, found.id(), savepoint.directory());
        console.out().println(path);
        String state = jobs.awaitEnd(found.id());
        if (!state.equals("FINISHED")) {
            console.err()
                    .println("caracal: the savepoint is complete, but the job ended as " + state);
            return 1;
        }
        return 0;
    }

    private int cancel(FlinkRest rest, FlinkJobs jobs, FlinkJobs.Entry found)
            throws IOException, InterruptedException {
        rest.patch("/jobs/" + found.id() + "?mode=cancel");
        jobs.awaitEnd(found.id());
        JsonNode checkpoint =
                rest.get("/jobs/" + found.id() + "/checkpoints").path("latest").path("completed");
        if (checkpoint.path("external_path").isMissingNode()
                || checkpoint.path("discarded").asBoolean()) {
            console.err().println("caracal: the job is cancelled; there is no checkpoint of it");
            return 0;
        }
        console.out().println(checkpoint.path("external_path").asText());
        return 0;
    }
}
