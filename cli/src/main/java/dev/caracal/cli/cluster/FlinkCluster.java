package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.flink.FlinkRest;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cluster is and has free. */
record FlinkCluster(
        String address,
        String version,
        int taskManagers,
        int slots,
        int freeSlots,
        int defaultParallelism) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    static FlinkCluster read(FlinkRest rest) throws IOException, InterruptedException {
        JsonNode overview = rest.get("/overview");
        int parallelism = 1;
        for (JsonNode option : rest.get("/jobmanager/config")) {
            if (option.path("key").asText().equals("parallelism.default")) {
                parallelism = option.path("value").asInt(1);
            }
        }
        return new FlinkCluster(
                rest.address().toString(),
                overview.path("flink-version").asText(),
                overview.path("taskmanagers").asInt(),
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt(),
                parallelism);
    }

    /**
     * @throws IOException if the job cannot run on its version
     */
    void requireSupported() throws IOException {
        Matcher matcher = VERSION.matcher(version);
        if (matcher.matches()) {
            int major = Integer.parseInt(matcher.group(1));
            if (major > 2 || major == 2 && Integer.parseInt(matcher.group(2)) >= 2) {
                return;
            }
        }
        throw new IOException(
                "the cluster at "
                        + address
                        + " is Flink "
                        + version
                        + "; the job needs 2.2 or newer");
    }

    /**
     * @throws IOException if fewer slots are free
     */
    void requireSlots(int needed) throws IOException {
        if (freeSlots >= needed) {
            return;
        }
        throw new IOException(
                "the job needs "
                        + needed
                        + (needed == 1 ? " free slot" : " free slots")
                        + ", the cluster at "
                        + address
                        + " has "
                        + freeSlots
                        + " of "
                        + slots
                        + " on "
                        + taskManagers
                        + (taskManagers == 1 ? " TaskManager" : " TaskManagers")
                        + ": stop a job, start TaskManagers, or give a smaller --parallelism");
    }
}
