package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.search.AlignedTable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How jobs fare, for people. */
final class StatusText {

    /** From Flink's dashboard: up to 10 % is none, above 50 % high. */
    private static final long LOW = 10;

    private static final long HIGH = 50;

    private final PrintStream out;
    private final Instant now;

    StatusText(PrintStream out, Instant now) {
        this.out = out;
        this.now = now;
    }

    void cluster(FlinkCluster cluster) {
        out.printf(
                Locale.ROOT,
                "Flink %s at %s, TaskManagers: %d, free slots: %d of %d%n",
                cluster.version(),
                cluster.address(),
                cluster.taskManagers(),
                cluster.freeSlots(),
                cluster.slots());
    }

    void ended(FlinkJobs.Entry job) {
        out.println("Ended: " + job.id() + "  " + job.name() + "  " + job.state());
    }

    /**
     * @param report of {@link JobReport}
     */
    void job(JsonNode report) {
        out.println();
        out.println("Job " + report.path("id").asText() + "  " + report.path("name").asText());
        line("state", state(report));
        line("last checkpoint", checkpoint(report));
        if (report.has("restoredFrom")) {
            line("restored from", report.path("restoredFrom").asText());
        }
        line("backpressure", backpressure(report.path("operators")));
        if (report.has("lastFailure")) {
            line("last failure", report.path("lastFailure").asText());
        }
        out.println();
        operators(report.path("operators"));
    }

    private void line(String name, String value) {
        out.printf("  %-16s %s%n", name, value);
    }

    private static String state(JsonNode report) {
        long restarts = report.path("restarts").asLong();
        return report.path("state").asText()
                + ", started "
                + span(Duration.ofMillis(report.path("durationMillis").asLong()))
                + " ago, restarts: "
                + restarts;
    }

    private String checkpoint(JsonNode report) {
        JsonNode last = report.path("lastCheckpoint");
        long failed = report.path("failedCheckpoints").asLong();
        if (last.isMissingNode()) {
            return "none yet, failed: " + failed;
        }
        return String.format(
                Locale.ROOT,
                "number %d, %s ago, took %d ms, state %.1f MB, failed: %d",
                last.path("id").asLong(),
                span(Duration.between(Instant.parse(last.path("completed").asText()), now)),
                last.path("durationMillis").asLong(),
                last.path("stateBytes").asLong() / 1e6,
                failed);
    }

    /** The last operator that is held up; those after it do not keep up. */
    private static String backpressure(JsonNode operators) {
        String text = "none";
        for (JsonNode operator : operators) {
            long percent = operator.path("backpressurePercent").asLong();
            if (percent > LOW) {
                text =
                        (percent > HIGH ? "high" : "low")
                                + ": what comes after "
                                + operator.path("name").asText()
                                + " does not keep up";
            }
        }
        return text;
    }

    private void operators(JsonNode operators) {
        AlignedTable table = new AlignedTable();
        table.add(
                List.of(
                        "  TASKS",
                        "RECORDS IN",
                        "RECORDS OUT",
                        "BUSY",
                        "BACKPRESSURE",
                        "OPERATORS"));
        for (JsonNode operator : operators) {
            table.add(
                    List.of(
                            "  "
                                    + operator.path("running").asInt()
                                    + '/'
                                    + operator.path("parallelism").asInt(),
                            operator.path("recordsIn").asText(),
                            operator.path("recordsOut").asText(),
                            percent(operator.path("busyPercent")),
                            percent(operator.path("backpressurePercent")),
                            operator.path("name").asText()));
        }
        table.print(out);
    }

    private static String percent(JsonNode value) {
        return value.isMissingNode() ? "-" : value.asLong() + " %";
    }

    private static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h" : hours / 24 + " days";
    }
}
