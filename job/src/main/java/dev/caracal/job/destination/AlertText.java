package dev.caracal.job.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.rules.Alert;
import java.time.Instant;

/** An alert as people read it in an e-mail. */
final class AlertText {

    /** SNS takes fewer than 100. */
    private static final int MAX_SUBJECT = 99;

    private static final int MAX_CONTEXT = 8_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private AlertText() {}

    /** The title, and what kind of alert it is. */
    static String heading(Alert alert) {
        return switch (alert.type()) {
            case RULE -> "New alert: " + alert.title();
            case RULE_ERROR -> "Rule error: " + alert.title();
            case SYSTEM_HEALTH -> "System health: " + alert.title();
        };
    }

    /** The heading in printable ASCII, which is all that SNS takes as a subject. */
    static String subject(Alert alert) {
        String ascii = heading(alert).replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= MAX_SUBJECT ? ascii : ascii.substring(0, MAX_SUBJECT - 3) + "...";
    }

    static String body(Alert alert) {
        var text = new StringBuilder();
        text.append(heading(alert)).append("\n\n");
        line(text, "Severity", alert.severity().name());
        line(text, "Rule", alert.ruleId());
        line(text, "Log types", String.join(", ", alert.logTypes()));
        line(text, "Events", Long.toString(alert.eventCount()));
        line(text, "First match", Instant.ofEpochMilli(alert.firstMatchTimeMillis()).toString());
        line(text, "Tags", String.join(", ", alert.tags()));
        line(text, "Alert", alert.alertId());
        paragraph(text, "Description", alert.description());
        paragraph(text, "Runbook", alert.runbook());
        paragraph(text, "Reference", alert.reference());
        paragraph(text, "Context", context(alert));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }

    private static void paragraph(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append('\n').append(name).append(":\n").append(value).append('\n');
        }
    }

    private static String context(Alert alert) {
        if (alert.context().equals("{}")) {
            return "";
        }
        try {
            String pretty = JSON.readTree(alert.context()).toPrettyString();
            return pretty.length() <= MAX_CONTEXT
                    ? pretty
                    : pretty.substring(0, MAX_CONTEXT) + "...";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An alert's context is no JSON", e);
        }
    }
}
