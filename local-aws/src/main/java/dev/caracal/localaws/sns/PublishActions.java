package dev.caracal.localaws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.Query;
import dev.caracal.localaws.http.QueryServer.Caller;
import dev.caracal.localaws.http.XmlWriter;
import dev.caracal.localaws.sns.Publication.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Publish and PublishBatch. */
final class PublishActions {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** AWS's limit of a message and of a batch, in bytes. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_ENTRIES = 10;

    private final Topics topics;
    private final Delivery delivery;

    PublishActions(Topics topics, Delivery delivery) {
        this.topics = topics;
        this.delivery = delivery;
    }

    Consumer<XmlWriter> publish(Query query, Caller caller) {
        Topic topic =
                topics.require(query.get("TargetArn").orElseGet(() -> query.require("TopicArn")));
        TopicActions.authorize(topic, caller, "Publish");
        Publication publication = read(query);
        if (size(publication) > MAX_BYTES) {
            throw invalid("Message too long");
        }
        deliver(topic.arn(), publication);
        return xml -> xml.text("MessageId", publication.messageId());
    }

    Consumer<XmlWriter> publishBatch(Query query, Caller caller) {
        Topic topic = topics.require(query.require("TopicArn"));
        TopicActions.authorize(topic, caller, "Publish");
        List<Query> entries = query.members("PublishBatchRequestEntries.member");
        checkIds(entries);
        Map<String, Publication> accepted = new LinkedHashMap<>();
        Map<String, AwsError> failed = new LinkedHashMap<>();
        for (Query entry : entries) {
            try {
                accepted.put(entry.require("Id"), read(entry));
            } catch (AwsError error) {
                failed.put(entry.require("Id"), error);
            }
        }
        if (accepted.values().stream().mapToLong(PublishActions::size).sum() > MAX_BYTES) {
            throw new AwsError(
                    400,
                    "BatchRequestTooLong",
                    "The length of all the batch messages put together is more than the limit.");
        }
        accepted.values().forEach(publication -> deliver(topic.arn(), publication));
        return xml ->
                xml.element(
                                "Successful",
                                list -> accepted.forEach((id, p) -> succeeded(list, id, p)))
                        .element("Failed", list -> failed.forEach((id, e) -> failed(list, id, e)));
    }

    void deliver(String topicArn, Publication publication) {
        topics.of(topicArn).stream()
                .filter(Subscription::confirmed)
                .forEach(subscription -> delivery.deliver(subscription, publication));
    }

    private static void checkIds(List<Query> entries) {
        if (entries.isEmpty()) {
            throw new AwsError(
                    400, "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw new AwsError(
                    400,
                    "TooManyEntriesInBatchRequest",
                    "The batch request contains more entries than permissible.");
        }
        Set<String> ids = new HashSet<>();
        for (Query entry : entries) {
            String id = entry.require("Id");
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw new AwsError(
                        400,
                        "InvalidBatchEntryId",
                        "The Id of a batch entry in a batch request doesn't abide by the specification.");
            }
            if (!ids.add(id)) {
                throw new AwsError(
                        400,
                        "BatchEntryIdsNotDistinct",
                        "Two or more batch entries in the request have the same Id.");
            }
        }
    }

    private static Publication read(Query query) {
        String message = query.get("Message").filter(text -> !text.isEmpty()).orElse("");
        if (message.isEmpty()) {
            throw invalid("Empty message");
        }
        String subject = query.get("Subject").orElse(null);
        if (subject != null && !subject.matches("\\p{ASCII}{1,99}")) {
            throw invalid("Subject");
        }
        Map<String, Attribute> attributes = new HashMap<>();
        for (Query entry : query.members("MessageAttributes.entry")) {
            attributes.put(entry.require("Name"), attribute(entry));
        }
        return Publication.of(
                subject, bodies(message, query.get("MessageStructure").orElse("")), attributes);
    }

    private static Map<String, String> bodies(String message, String structure) {
        if (structure.isEmpty()) {
            return Map.of("default", message);
        }
        if (!structure.equals("json")) {
            throw invalid("MessageStructure");
        }
        JsonNode json;
        try {
            json = JSON.readTree(message);
        } catch (JsonProcessingException e) {
            throw invalid("Message Structure - JSON message body failed to parse");
        }
        if (!json.path("default").isTextual()) {
            throw invalid("Message Structure - No default entry in JSON message body");
        }
        Map<String, String> bodies = new HashMap<>();
        json.properties().forEach(entry -> bodies.put(entry.getKey(), entry.getValue().asText()));
        return bodies;
    }

    private static Attribute attribute(Query entry) {
        String type = entry.require("Value.DataType");
        String name = entry.require("Name");
        String value =
                switch (type) {
                    case "String", "String.Array", "Number" -> entry.require("Value.StringValue");
                    case "Binary" -> entry.require("Value.BinaryValue");
                    default ->
                            throw new AwsError(
                                    400,
                                    "ParameterValueInvalid",
                                    "The message attribute '"
                                            + name
                                            + "' has an invalid type: "
                                            + type);
                };
        if (type.equals("Number") && !value.matches("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            throw new AwsError(
                    400,
                    "ParameterValueInvalid",
                    "Could not cast message attribute '" + name + "' value to number.");
        }
        return new Attribute(type, value);
    }

    private static long size(Publication publication) {
        long size = publication.bodies().values().stream().mapToLong(PublishActions::bytes).sum();
        for (Map.Entry<String, Attribute> entry : publication.attributes().entrySet()) {
            size += bytes(entry.getKey());
            size += bytes(entry.getValue().type()) + bytes(entry.getValue().value());
        }
        return size;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void succeeded(XmlWriter xml, String id, Publication publication) {
        xml.element("member", m -> m.text("MessageId", publication.messageId()).text("Id", id));
    }

    private static void failed(XmlWriter xml, String id, AwsError error) {
        xml.element(
                "member",
                m ->
                        m.text("Id", id)
                                .text("Code", error.code())
                                .text("Message", error.reason())
                                .text("SenderFault", String.valueOf(error.status() < 500)));
    }

    private static AwsError invalid(String what) {
        return new AwsError(400, "InvalidParameter", "Invalid parameter: " + what);
    }
}
