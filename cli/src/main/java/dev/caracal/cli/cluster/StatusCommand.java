package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.flink.FlinkRest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how the jobs of a cluster fare. */
@Command(
        name = "status",
        description = {
            "Show how the jobs of a Flink cluster fare: state, restarts, last checkpoint, records,"
                    + " backpressure.",
            "BUSY and BACKPRESSURE are the busiest subtask's, in percent of the time."
        },
        footer = {"", "Example: caracal status --format json | jq .jobs[0].lastCheckpoint"})
public final class StatusCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (default), or json: one object.")
    private StatusFormat format = StatusFormat.text;

    public StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        FlinkRest rest = cluster.rest();
        FlinkCluster flink = FlinkCluster.read(rest);
        FlinkJobs jobs = new FlinkJobs(rest);
        JobReport report = new JobReport(rest, jobs);
        List<FlinkJobs.Entry> all = jobs.all();
        switch (format) {
            case text -> text(flink, all, report);
            case json -> json(flink, all, report);
        }
        return 0;
    }

    private void text(FlinkCluster flink, List<FlinkJobs.Entry> all, JobReport report)
            throws IOException, InterruptedException {
        StatusText text = new StatusText(console.out(), Instant.now());
        text.cluster(flink);
        all.stream().filter(FlinkJobs.Entry::isEnded).forEach(text::ended);
        for (FlinkJobs.Entry job : all) {
            if (!job.isEnded()) {
                text.job(report.of(job));
            }
        }
        if (all.isEmpty()) {
            console.out().println("No job. Submit one with caracal submit --config FILE.");
        }
    }

    private void json(FlinkCluster flink, List<FlinkJobs.Entry> all, JobReport report)
            throws IOException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cluster", flink.address())
                .put("flinkVersion", flink.version())
                .put("taskManagers", flink.taskManagers())
                .put("slots", flink.slots())
                .put("freeSlots", flink.freeSlots());
        var list = json.putArray("jobs");
        for (FlinkJobs.Entry job : all) {
            list.add(report.of(job));
        }
        console.out().println(json);
    }
}
