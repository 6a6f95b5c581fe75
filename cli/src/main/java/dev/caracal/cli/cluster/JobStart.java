package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.flink.FlinkRest;
import java.io.IOException;
import java.time.Duration;

/** A job that was handed to a cluster and is about to run. */
final class JobStart {

    /** Restoring much state may take longer; the job goes on then, unwatched. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final FlinkRest rest;
    private final FlinkJobs jobs;
    private final String id;

    JobStart(FlinkRest rest, FlinkJobs jobs, String id) {
        this.rest = rest;
        this.jobs = jobs;
        this.id = id;
    }

    /**
     * Waits until every task runs.
     *
     * @throws IOException if the job fails first, or does not get that far; the message says why
     */
    void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            JsonNode job = rest.get("/jobs/" + id);
            String state = job.path("state").asText();
            if (new FlinkJobs.Entry(id, "", state, 0).isEnded()) {
                throw new IOException("the job ended as " + state + because());
            }
            if (state.equals("RUNNING") && allRun(job)) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IOException(
                        "the job is "
                                + state
                                + ", but not all its tasks run after "
                                + LIMIT.toMinutes()
                                + " minutes"
                                + because()
                                + "; caracal status shows how it goes on, caracal stop"
                                + " --no-savepoint ends it");
            }
            FlinkJobs.pause();
        }
    }

    private static boolean allRun(JsonNode job) {
        for (JsonNode vertex : job.path("vertices")) {
            int running = vertex.path("tasks").path("RUNNING").asInt();
            if (running + vertex.path("tasks").path("FINISHED").asInt()
                    < vertex.path("parallelism").asInt()) {
                return false;
            }
        }
        return !job.path("vertices").isEmpty();
    }

    private String because() throws IOException, InterruptedException {
        String failure = jobs.lastFailure(id);
        return failure.isEmpty() ? "" : ": " + failure;
    }
}
