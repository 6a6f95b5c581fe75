package dev.caracal.cli.cluster;

import dev.caracal.cli.Console;
import dev.caracal.cli.flink.FlinkRest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a savepoint of a job that goes on. */
@Command(
        name = "savepoint",
        description = "Take a savepoint of the job, which goes on, and print its path.",
        footer = {
            "",
            "Example: caracal savepoint --savepoint-dir s3://example-caracal-state/savepoints"
        })
public final class SavepointCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private ClusterOption cluster = new ClusterOption();

    @Mixin private SavepointOptions savepoint = new SavepointOptions();

    public SavepointCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        FlinkRest rest = cluster.rest();
        String id = new FlinkJobs(rest).find(savepoint.job()).id();
        console.out().println(Savepoint.take(rest, id, savepoint.directory()));
        return 0;
    }
}
