package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.flink.FlinkRest;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;

/** How a job fares, as JSON: what {@code caracal status} prints. */
final class JobReport {

    private final FlinkRest rest;
    private final FlinkJobs jobs;

    JobReport(FlinkRest rest, FlinkJobs jobs) {
        this.rest = rest;
        this.jobs = jobs;
    }

    /** Times are in UTC, durations in milliseconds; what there is not yet is left out. */
    ObjectNode of(FlinkJobs.Entry entry) throws IOException, InterruptedException {
        String path = "/jobs/" + entry.id();
        JsonNode job = rest.get(path);
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("id", entry.id())
                .put("name", entry.name())
                .put("state", job.path("state").asText())
                .put("started", time(job.path("start-time").asLong()))
                .put("durationMillis", job.path("duration").asLong());
        for (JsonNode metric : rest.get(path + "/metrics?get=numRestarts")) {
            report.put("restarts", metric.path("value").asLong());
        }
        String failure = jobs.lastFailure(entry.id());
        if (!failure.isEmpty()) {
            report.put("lastFailure", failure);
        }
        addCheckpoints(report, rest.get(path + "/checkpoints"));
        var operators = report.putArray("operators");
        for (JsonNode vertex : job.path("vertices")) {
            ObjectNode operator = operators.addObject();
            operator.put("name", vertex.path("name").asText())
                    .put("parallelism", vertex.path("parallelism").asInt())
                    .put("running", vertex.path("tasks").path("RUNNING").asInt())
                    .put("recordsIn", vertex.path("metrics").path("read-records").asLong())
                    .put("recordsOut", vertex.path("metrics").path("write-records").asLong());
            addLoad(operator, path + "/vertices/" + vertex.path("id").asText());
        }
        return report;
    }

    private static void addCheckpoints(ObjectNode report, JsonNode checkpoints) {
        report.put("failedCheckpoints", checkpoints.path("counts").path("failed").asLong());
        JsonNode latest = checkpoints.path("latest");
        JsonNode completed = latest.path("completed");
        if (completed.has("id")) {
            report.putObject("lastCheckpoint")
                    .put("id", completed.path("id").asLong())
                    .put("completed", time(completed.path("latest_ack_timestamp").asLong()))
                    .put("durationMillis", completed.path("end_to_end_duration").asLong())
                    .put("stateBytes", completed.path("state_size").asLong())
                    .put("path", completed.path("external_path").asText());
        }
        if (latest.path("restored").has("id")) {
            report.put("restoredFrom", latest.path("restored").path("external_path").asText());
        }
    }

    /** The busiest subtask's, in percent of the time. */
    private void addLoad(ObjectNode operator, String vertex)
            throws IOException, InterruptedException {
        Iterator<JsonNode> metrics =
                rest.get(
                                vertex
                                        + "/subtasks/metrics?agg=max"
                                        + "&get=busyTimeMsPerSecond,backPressuredTimeMsPerSecond")
                        .elements();
        while (metrics.hasNext()) {
            JsonNode metric = metrics.next();
            double perSecond = metric.path("max").asDouble();
            if (Double.isNaN(perSecond)) {
                continue; // a source does not know
            }
            operator.put(
                    metric.path("id").asText().startsWith("busy")
                            ? "busyPercent"
                            : "backpressurePercent",
                    Math.round(perSecond / 10));
        }
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
