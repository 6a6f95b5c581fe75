package dev.caracal.localaws.s3;

import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.XmlWriter;
import java.util.List;
import java.util.Optional;

/** The calls that S3Proxy does not know or answers without regard to accounts and regions. */
final class BucketCalls {
    private final Buckets buckets;
    private final Notifier notifier;

    BucketCalls(Buckets buckets, Notifier notifier) {
        this.buckets = buckets;
        this.notifier = notifier;
    }

    /** The XML to answer with, or empty where the call is S3Proxy's. */
    Optional<String> answer(S3Request request, String account, byte[] body) {
        return switch (request.operation().name()) {
            case "ListBuckets" -> Optional.of(list(account));
            case "GetBucketLocation" -> Optional.of(location(bucket(request)));
            case "GetBucketNotificationConfiguration" ->
                    Optional.of(NotificationXml.write(bucket(request).notifications()));
            case "PutBucketNotificationConfiguration" -> {
                putNotifications(bucket(request), NotificationXml.read(body));
                yield Optional.of("");
            }
            default -> Optional.empty();
        };
    }

    static boolean answers(S3Request request) {
        return switch (request.operation().name()) {
            case "ListBuckets",
                    "GetBucketLocation",
                    "GetBucketNotificationConfiguration",
                    "PutBucketNotificationConfiguration" ->
                    true;
            default -> false;
        };
    }

    void putNotifications(Bucket bucket, List<NotificationRule> rules) {
        notifier.introduce(bucket, rules);
        buckets.put(bucket.withNotifications(rules));
    }

    private Bucket bucket(S3Request request) {
        return buckets.find(request.bucket())
                .orElseThrow(
                        () ->
                                new AwsError(
                                        404,
                                        "NoSuchBucket",
                                        "The specified bucket does not exist"));
    }

    private String list(String account) {
        return XmlWriter.document(
                "ListAllMyBucketsResult",
                NotificationXml.NAMESPACE,
                xml ->
                        xml.element("Owner", owner -> owner.text("ID", account))
                                .element(
                                        "Buckets",
                                        list -> buckets.of(account).forEach(b -> write(list, b))));
    }

    private static void write(XmlWriter xml, Bucket bucket) {
        xml.element(
                "Bucket",
                b ->
                        b.text("Name", bucket.name())
                                .text("CreationDate", "2026-01-01T00:00:00.000Z")
                                .text("BucketRegion", bucket.region()));
    }

    /** S3 writes nothing where the region is us-east-1. */
    private static String location(Bucket bucket) {
        String region = bucket.region().equals("us-east-1") ? "" : bucket.region();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<LocationConstraint xmlns=\""
                + NotificationXml.NAMESPACE
                + "\">"
                + region
                + "</LocationConstraint>";
    }
}
