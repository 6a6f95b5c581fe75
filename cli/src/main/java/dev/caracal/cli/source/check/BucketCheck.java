package dev.caracal.cli.source.check;

import dev.caracal.job.source.LogSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Whether the bucket is there, and an object under each prefix can be read. */
final class BucketCheck {

    /** Enough to find an object among folder markers. */
    private static final int LISTED = 20;

    private final S3Client s3;
    private final LogSource source;
    private String region = "";

    BucketCheck(S3Client s3, LogSource source) {
        this.s3 = s3;
        this.source = source;
    }

    /** The bucket's region, once {@link #location} has found it; else empty. */
    String region() {
        return region;
    }

    Finding location() {
        try {
            String constraint =
                    s3.getBucketLocation(
                                    request ->
                                            request.bucket(source.bucket())
                                                    .expectedBucketOwner(source.accountId()))
                            .locationConstraintAsString();
            region = constraint == null || constraint.isEmpty() ? "us-east-1" : constraint;
            return Finding.healthy("bucket", source.bucket() + " in " + region);
        } catch (SdkException e) {
            return Finding.unhealthy(
                    "bucket", source.bucket() + " cannot be reached", e, locationRemedy(e));
        }
    }

    private String locationRemedy(SdkException failure) {
        if (AwsFailure.hasCode(failure, "NoSuchBucket")) {
            return "There is no such bucket; name the right one: caracal source update "
                    + source.id()
                    + " --bucket BUCKET, then deploy the role's template.";
        }
        if (AwsFailure.isAccessDenied(failure)) {
            return "Deploy `caracal source template "
                    + source.id()
                    + "`, which allows s3:GetBucketLocation on this bucket. If it is deployed, the"
                    + " bucket is not one of account "
                    + source.accountId()
                    + ", or its own policy refuses the role.";
        }
        return "See the error.";
    }

    /** One for each prefix that no other one covers. */
    List<Finding> objects() {
        List<Finding> findings = new ArrayList<>();
        for (String prefix : source.reducedPrefixes()) {
            findings.add(object("objects" + (prefix.isEmpty() ? "" : " under " + prefix), prefix));
        }
        return findings;
    }

    private Finding object(String part, String prefix) {
        Optional<S3Object> object;
        try {
            object =
                    s3
                            .listObjectsV2(
                                    request ->
                                            request.bucket(source.bucket())
                                                    .prefix(prefix)
                                                    .maxKeys(LISTED)
                                                    .expectedBucketOwner(source.accountId()))
                            .contents()
                            .stream()
                            .filter(one -> !one.key().endsWith("/"))
                            .findFirst();
        } catch (SdkException e) {
            return Finding.unhealthy(
                    part,
                    "they cannot be listed",
                    e,
                    "Deploy `caracal source template "
                            + source.id()
                            + "`, which allows s3:ListBucket for this prefix.");
        }
        return object.map(one -> read(part, one.key()))
                .orElseGet(() -> Finding.healthy(part, "there is none yet"));
    }

    private Finding read(String part, String key) {
        try (ResponseInputStream<GetObjectResponse> content =
                s3.getObject(
                        request ->
                                request.bucket(source.bucket())
                                        .key(key)
                                        .expectedBucketOwner(source.accountId()))) {
            content.abort();
            String keyId = content.response().ssekmsKeyId();
            return Finding.healthy(
                    part, key + " is readable" + (keyId == null ? "" : ", encrypted by " + keyId));
        } catch (IOException | SdkException e) {
            return Finding.unhealthy(part, key + " cannot be read", e, readRemedy(e));
        }
    }

    /**
     * S3 names the key that it was refused: {@code … to perform: kms:Decrypt on resource: ARN …}
     */
    private String keyRemedy(String refusal) {
        if (source.kmsKeyArn().isEmpty() || isOfAnotherKey(refusal)) {
            return "The object is encrypted with a KMS key that the log source does not name:"
                    + " caracal source update "
                    + source.id()
                    + " --kms-key ARN, then deploy the role's template.";
        }
        return KeyCheck.refusalRemedy(source);
    }

    private boolean isOfAnotherKey(String refusal) {
        return refusal.contains(":key/") && !refusal.contains(source.kmsKeyArn());
    }

    private String readRemedy(Exception failure) {
        String text = AwsFailure.text(failure);
        if (text.startsWith("KMS.Disabled") || text.startsWith("KMS.KMSInvalidState")) {
            return "Enable the key, and objects can be read again.";
        }
        if (text.contains("kms:") || text.contains("KMS")) {
            return keyRemedy(text);
        }
        if (AwsFailure.hasCode(failure, "InvalidObjectState")) {
            return "The object is archived, and new ones are not; nothing needs to be done.";
        }
        return "Deploy `caracal source template "
                + source.id()
                + "`, which allows s3:GetObject under this prefix. If it is deployed, another"
                + " account owns the object: set the bucket's object ownership to \"bucket owner"
                + " enforced\".";
    }
}
