package dev.caracal.cli.cluster;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Of which job a savepoint is taken, and where it goes. */
final class SavepointOptions {

    @Option(
            names = "--savepoint-dir",
            defaultValue = "",
            paramLabel = "LOCATION",
            description =
                    "Where the savepoint goes, as the cluster sees it (default: its"
                            + " execution.checkpointing.savepoint-dir).")
    private String directory = "";

    @Parameters(
            arity = "0..1",
            defaultValue = "",
            paramLabel = "JOB",
            description =
                    "The beginning of the job's id; needed only if more than one job runs there.")
    private String job = "";

    /** Empty for the cluster's own. */
    String directory() {
        return directory;
    }

    /** Empty for the only one that runs. */
    String job() {
        return job;
    }
}
