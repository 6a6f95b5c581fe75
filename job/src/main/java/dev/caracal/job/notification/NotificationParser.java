package dev.caracal.job.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.s3.S3ObjectRef;
import dev.caracal.job.notification.Notification.AnnouncedObject;
import dev.caracal.job.notification.Notification.Announcement;
import dev.caracal.job.notification.Notification.Confirmation;
import dev.caracal.job.notification.Notification.PassedOver;
import dev.caracal.job.notification.Notification.Unrecognised;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Understands the messages that announce S3 objects: S3 event notifications, EventBridge's "Object
 * Created" and CloudTrail's own notification, each directly, in an SNS envelope, or by SNS raw
 * delivery; and the test and confirmation messages of these services.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3
 *     event message structure</a>
 */
final class NotificationParser {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLOUDTRAIL_VALIDATION = "CloudTrail validation message.";

    Notification parse(String body) {
        JsonNode json = readObject(body);
        switch (json.path("Type").asText()) {
            case "Notification":
                return inner(json.path("Message").asText());
            case "SubscriptionConfirmation":
                return new Confirmation(
                        json.path("TopicArn").asText(), json.path("Token").asText());
            case "UnsubscribeConfirmation":
                return new Notification.Test();
            default:
                return inner(body, json);
        }
    }

    private Notification inner(String message) {
        return inner(message, readObject(message));
    }

    private Notification inner(String message, JsonNode json) {
        if (message.equals(CLOUDTRAIL_VALIDATION)
                || json.path("Event").asText().equals("s3:TestEvent")) {
            return new Notification.Test();
        }
        if (json.path("s3ObjectKey").isArray()) {
            return cloudTrail(json);
        }
        if (json.path("Records").isArray()) {
            return s3Event(json.path("Records"));
        }
        if (json.path("source").asText().equals("aws.s3")) {
            return eventBridge(json);
        }
        if (json.isMissingNode()) {
            return new Unrecognised("not-json", "the message is not a JSON object");
        }
        return new Unrecognised(
                "unknown-notification",
                "expected an S3 event, an EventBridge event of aws.s3 or a CloudTrail notification,"
                        + " directly or in an SNS envelope");
    }

    /** The parsed object; a missing node if the text is not a JSON object. */
    private static JsonNode readObject(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json != null && json.isObject() ? json : JSON.missingNode();
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static Notification s3Event(JsonNode records) {
        if (records.isEmpty()) {
            return new Unrecognised("no-records", "the S3 event's Records is empty");
        }
        Collected collected = new Collected();
        for (JsonNode record : records) {
            JsonNode object = record.path("s3").path("object");
            String bucket = record.path("s3").path("bucket").path("name").asText();
            String encodedKey = object.path("key").asText();
            if (bucket.isEmpty() || encodedKey.isEmpty()) {
                collected.unreadable.add(
                        new Unrecognised(
                                "unknown-notification",
                                "a record names no s3.bucket.name or s3.object.key"));
                continue;
            }
            String eventName = record.path("eventName").asText();
            if (!eventName.startsWith("ObjectCreated:")
                    && !eventName.startsWith("s3:ObjectCreated:")) {
                collected.passedOver.add(PassedOver.NOT_CREATED);
                continue;
            }
            String key;
            try {
                key = URLDecoder.decode(encodedKey, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                collected.unreadable.add(
                        new Unrecognised(
                                "undecodable-key",
                                "the key \"" + encodedKey + "\" is not URL-encoded as S3 does"));
                continue;
            }
            collected.add(
                    new S3ObjectRef(
                            bucket,
                            key,
                            object.path("versionId").asText(),
                            object.path("eTag").asText(),
                            object.path("size").asLong(-1)),
                    timeMillis(record.path("eventTime").asText()));
        }
        return collected.announcement();
    }

    /** EventBridge gives keys as they are, not URL-encoded. */
    private static Notification eventBridge(JsonNode event) {
        Collected collected = new Collected();
        if (!event.path("detail-type").asText().equals("Object Created")) {
            collected.passedOver.add(PassedOver.NOT_CREATED);
            return collected.announcement();
        }
        JsonNode object = event.path("detail").path("object");
        String bucket = event.path("detail").path("bucket").path("name").asText();
        String key = object.path("key").asText();
        if (bucket.isEmpty() || key.isEmpty()) {
            return new Unrecognised(
                    "unknown-notification",
                    "the event names no detail.bucket.name or detail.object.key");
        }
        collected.add(
                new S3ObjectRef(
                        bucket,
                        key,
                        object.path("version-id").asText(),
                        object.path("etag").asText(),
                        object.path("size").asLong(-1)),
                timeMillis(event.path("time").asText()));
        return collected.announcement();
    }

    /** CloudTrail gives keys as they are, and neither size nor version. */
    private static Notification cloudTrail(JsonNode json) {
        String bucket = json.path("s3Bucket").asText();
        if (bucket.isEmpty()) {
            return new Unrecognised("unknown-notification", "there is s3ObjectKey but no s3Bucket");
        }
        Collected collected = new Collected();
        for (JsonNode key : json.path("s3ObjectKey")) {
            if (key.asText().isEmpty()) {
                collected.unreadable.add(
                        new Unrecognised("unknown-notification", "s3ObjectKey has an empty key"));
                continue;
            }
            collected.add(new S3ObjectRef(bucket, key.asText(), "", "", -1), 0);
        }
        return collected.announcement();
    }

    /** 0 if there is no time or not one of ISO 8601; some senders leave out the zone. */
    private static long timeMillis(String text) {
        try {
            return Instant.parse(text.endsWith("Z") ? text : text + "Z").toEpochMilli();
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static final class Collected {

        private final List<AnnouncedObject> objects = new ArrayList<>();
        private final List<PassedOver> passedOver = new ArrayList<>();
        private final List<Unrecognised> unreadable = new ArrayList<>();

        void add(S3ObjectRef ref, long createdTimeMillis) {
            if (ref.key().endsWith("/")) {
                passedOver.add(PassedOver.FOLDER);
                return;
            }
            if (ref.size() == 0) {
                passedOver.add(PassedOver.EMPTY);
                return;
            }
            objects.add(new AnnouncedObject(ref, createdTimeMillis));
        }

        Announcement announcement() {
            return new Announcement(objects, passedOver, unreadable);
        }
    }
}
