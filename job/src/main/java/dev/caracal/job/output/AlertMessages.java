package dev.caracal.job.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.sns.SnsMessage;
import dev.caracal.rules.Alert;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Alerts as SNS messages: the alert's JSON, a subject for e-mail, and the attributes {@code
 * alertId}, {@code ruleId}, {@code severity} and {@code type} for filter policies.
 */
public final class AlertMessages {

    /** SNS's limit for subjects. */
    private static final int MAX_SUBJECT = 100;

    /** What a subscriber can best do without, first; the whole alert is in S3. */
    private static final List<String> LARGE_FIELDS =
            List.of("event", "context", "rowIds", "description", "runbook");

    private static final ObjectMapper JSON = new ObjectMapper();

    private AlertMessages() {}

    public static SnsMessage of(Alert alert) {
        return new SnsMessage(
                new String(alert.toJson(), StandardCharsets.UTF_8),
                subject(alert),
                Map.of(
                        "alertId", alert.alertId(),
                        "ruleId", alert.ruleId(),
                        "severity", alert.severity().name(),
                        "type", alert.type().name()));
    }

    /** Leaves out large fields until the message fits. */
    public static SnsMessage shorten(SnsMessage message, int maxBytes) {
        try {
            ObjectNode alert = (ObjectNode) JSON.readTree(message.body());
            int rest = maxBytes - size(message, "");
            for (String field : LARGE_FIELDS) {
                alert.remove(field);
                String body = JSON.writeValueAsString(alert);
                if (body.getBytes(StandardCharsets.UTF_8).length <= rest) {
                    return new SnsMessage(body, message.subject(), message.attributes());
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An alert's message is no JSON", e);
        }
        return message;
    }

    private static int size(SnsMessage message, String body) {
        int size = body.length() + message.subject().length();
        for (Map.Entry<String, String> attribute : message.attributes().entrySet()) {
            size += attribute.getKey().length() + "String".length();
            size += attribute.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    /** ASCII without control characters, which is all that SNS takes. */
    private static String subject(Alert alert) {
        String text =
                switch (alert.type()) {
                            case RULE -> "New alert: ";
                            case RULE_ERROR -> "Rule error: ";
                            case SYSTEM_HEALTH -> "System health: ";
                        }
                        + alert.title();
        String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= MAX_SUBJECT ? ascii : ascii.substring(0, MAX_SUBJECT - 3) + "...";
    }
}
