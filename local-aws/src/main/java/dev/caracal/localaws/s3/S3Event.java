package dev.caracal.localaws.s3;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An object that was created.
 *
 * @param name {@code ObjectCreated:Put}, {@code :Copy} or {@code :CompleteMultipartUpload}
 * @param size in bytes
 * @param eTag without quotes
 * @param versionId null where the bucket is not versioned
 * @param sequencer grows with every event, so that two events of one key can be ordered
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
record S3Event(
        String name,
        String key,
        long size,
        String eTag,
        @Nullable String versionId,
        long sequencer,
        Instant time) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The notification with this event as its only record. */
    String json(Bucket bucket, String ruleId) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode event = root.putArray("Records").addObject();
        event.put("eventVersion", "2.1");
        event.put("eventSource", "aws:s3");
        event.put("awsRegion", bucket.region());
        event.put("eventTime", TIME.format(time));
        event.put("eventName", name);
        event.putObject("userIdentity").put("principalId", "AWS:" + bucket.account());
        event.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
        event.putObject("responseElements")
                .put("x-amz-request-id", requestId())
                .put("x-amz-id-2", requestId());
        ObjectNode s3 = event.putObject("s3");
        s3.put("s3SchemaVersion", "1.0");
        s3.put("configurationId", ruleId);
        ObjectNode where = s3.putObject("bucket").put("name", bucket.name());
        where.putObject("ownerIdentity").put("principalId", bucket.account());
        where.put("arn", bucket.arn());
        ObjectNode object =
                s3.putObject("object").put("key", encode(key)).put("size", size).put("eTag", eTag);
        if (versionId != null) {
            object.put("versionId", versionId);
        }
        object.put("sequencer", "%016X".formatted(sequencer));
        return root.toString();
    }

    /** What S3 sends when a notification configuration is put. */
    static String testEvent(Bucket bucket, Instant time) {
        return JSON.createObjectNode()
                .put("Service", "Amazon S3")
                .put("Event", "s3:TestEvent")
                .put("Time", TIME.format(time))
                .put("Bucket", bucket.name())
                .put("RequestId", requestId())
                .put("HostId", requestId())
                .toString();
    }

    private static String encode(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static String requestId() {
        return UUID.randomUUID()
                .toString()
                .replace("-", "")
                .substring(0, 16)
                .toUpperCase(java.util.Locale.ROOT);
    }
}
