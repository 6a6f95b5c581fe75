package dev.caracal.job.destination;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caracal.connectors.delivery.MessageAttribute;
import dev.caracal.connectors.sns.SnsDelivery;
import dev.caracal.connectors.sqs.SqsDelivery;
import dev.caracal.connectors.webhook.WebhookDelivery;
import dev.caracal.rules.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the deliveries of alerts, in the form of each destination. */
final class AlertDeliveries {

    /** Bytes of a message that are left to its subject and attributes. */
    private static final int ATTRIBUTES_BYTES = 16 * 1024;

    private static final int MAX_DOCUMENT_BYTES = 256 * 1024;
    private static final int MAX_LOG_TYPES = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private AlertDeliveries() {}

    /** JSON by default, as queues, functions and web servers want it, and text in e-mails. */
    static SnsDelivery sns(Destination destination, Alert alert) {
        String text = AlertText.body(alert);
        return new SnsDelivery(
                destination.id(),
                setting(destination, "topicArn"),
                AlertRecord.fit(
                        alert,
                        json ->
                                JSON.createObjectNode()
                                        .put("default", json)
                                        .put("email", text)
                                        .toString(),
                        SnsDelivery.MAX_BYTES - ATTRIBUTES_BYTES),
                AlertText.subject(alert),
                attributes(alert),
                alert.alertId(),
                key(alert));
    }

    static SqsDelivery sqs(Destination destination, Alert alert) {
        return new SqsDelivery(
                destination.id(),
                setting(destination, "queueUrl"),
                AlertRecord.fit(alert, json -> json, SqsDelivery.MAX_BYTES - ATTRIBUTES_BYTES),
                attributes(alert),
                alert.alertId(),
                key(alert));
    }

    static WebhookDelivery webhook(Destination destination, Alert alert) {
        WebhookTemplate template =
                Objects.requireNonNull(destination.template(), "the destination is no webhook");
        Map<String, String> settings = new HashMap<>(destination.settings());
        settings.put("id", destination.id());
        settings.put("name", destination.name());
        String heading = TextNode.valueOf(AlertText.heading(alert)).toString();
        return new WebhookDelivery(
                destination.id(),
                key(alert),
                template.method(),
                template.url(),
                template.headers(),
                template.body(),
                settings,
                AlertRecord.fit(
                        alert,
                        json -> "{\"heading\":" + heading + ",\"alert\":" + json + '}',
                        MAX_DOCUMENT_BYTES));
    }

    /** The same for the same record of an alert, whoever sends it and when. */
    private static String key(Alert alert) {
        return alert.alertId() + '-' + alert.eventCount();
    }

    private static List<MessageAttribute> attributes(Alert alert) {
        List<MessageAttribute> attributes = new ArrayList<>();
        attributes.add(new MessageAttribute("alertId", alert.alertId()));
        attributes.add(new MessageAttribute("ruleId", alert.ruleId()));
        attributes.add(new MessageAttribute("severity", alert.severity().name()));
        attributes.add(new MessageAttribute("type", alert.type().name()));
        ArrayNode logTypes = JSON.createArrayNode();
        alert.logTypes().stream()
                .filter(logType -> !logType.isEmpty())
                .limit(MAX_LOG_TYPES)
                .forEach(logTypes::add);
        if (!logTypes.isEmpty()) {
            attributes.add(new MessageAttribute("logTypes", "String.Array", logTypes.toString()));
        }
        return attributes;
    }

    private static String setting(Destination destination, String name) {
        return Objects.requireNonNull(destination.settings().get(name), name);
    }
}
