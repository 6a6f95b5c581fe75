package dev.caracal.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.alerts.AlertFormat;
import dev.caracal.cli.alerts.AlertRecords;
import dev.caracal.cli.alerts.AlertTable;
import dev.caracal.job.replay.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prints matches as they come, or alerts when all are known, each as its last update has it. */
final class FindingOutput {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MATCH = "%-19s  %-32s  %s";

    private final PrintStream out;
    private final AlertFormat format;
    private final AlertRecords alerts = new AlertRecords();
    private boolean isBegun;

    FindingOutput(PrintStream out, AlertFormat format) {
        this.out = out;
        this.format = format;
    }

    void add(Finding finding, boolean matches) throws IOException {
        if (finding.kind() == Finding.Kind.ALERT) {
            alerts.add(JSON.readTree(finding.json()));
        } else if (matches) {
            match(finding);
        }
    }

    private void match(Finding finding) throws IOException {
        if (format == AlertFormat.json) {
            out.write(finding.json());
            out.write('\n');
            return;
        }
        if (!isBegun) {
            out.println(MATCH.formatted("EVENT TIME", "ROW", "RULE: TITLE"));
            isBegun = true;
        }
        JsonNode match = JSON.readTree(finding.json());
        String time = match.path("p_event_time").asText();
        String title =
                match.has("p_rule_error")
                        ? "error: " + match.path("p_rule_error").asText()
                        : match.path("p_alert_title").asText();
        out.println(
                MATCH.formatted(
                        time.substring(0, Math.min(time.length(), 19)),
                        match.path("p_row_id").asText(),
                        AlertTable.oneLine(match.path("p_rule_id").asText() + ": " + title)));
    }

    int alerts() {
        return alerts.all().size();
    }

    void printAlerts() {
        List<JsonNode> sorted = new ArrayList<>(alerts.all());
        sorted.sort(
                Comparator.comparing(
                        (JsonNode alert) -> Instant.parse(alert.path("creationTime").asText())));
        if (format == AlertFormat.table && !sorted.isEmpty()) {
            out.println(AlertTable.head());
        }
        for (JsonNode alert : sorted) {
            out.println(format == AlertFormat.json ? alert.toString() : AlertTable.line(alert));
        }
    }
}
