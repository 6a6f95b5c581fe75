package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.flink.FlinkRefusalException;
import dev.caracal.cli.flink.FlinkRest;
import dev.caracal.cli.flink.RootCause;
import java.io.IOException;

/** A savepoint that a cluster is asked for and that is waited for. */
final class Savepoint {

    private Savepoint() {}

    /** Takes one while the job goes on, and returns its path. */
    static String take(FlinkRest rest, String job, String directory)
            throws IOException, InterruptedException {
        return await(rest, job, "savepoints", body("target-directory", directory));
    }

    /** Takes one with which the job ends, and returns its path. */
    static String stop(FlinkRest rest, String job, String directory)
            throws IOException, InterruptedException {
        return await(rest, job, "stop", body("targetDirectory", directory));
    }

    private static ObjectNode body(String directoryKey, String directory) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return directory.isEmpty() ? body : body.put(directoryKey, directory);
    }

    /** The cluster itself gives up after {@code execution.checkpointing.timeout}. */
    private static String await(FlinkRest rest, String job, String how, ObjectNode body)
            throws IOException, InterruptedException {
        String trigger;
        try {
            trigger = rest.post("/jobs/" + job + '/' + how, body).path("request-id").asText();
        } catch (FlinkRefusalException e) {
            if (body.isEmpty() && e.reason().contains("savepoint-dir")) {
                throw new IOException(
                        "the cluster has no folder for savepoints: give --savepoint-dir, or set"
                                + " execution.checkpointing.savepoint-dir in its config.yaml",
                        e);
            }
            throw e;
        }
        String path = "/jobs/" + job + "/savepoints/" + trigger;
        JsonNode answer = rest.get(path);
        while (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            FlinkJobs.pause();
            answer = rest.get(path);
        }
        JsonNode failure = answer.path("operation").path("failure-cause");
        if (!failure.isMissingNode()) {
            throw new IOException(
                    "job "
                            + job
                            + " took no savepoint, and goes on: "
                            + RootCause.of(failure.path("stack-trace").asText()));
        }
        return answer.path("operation").path("location").asText();
    }
}
