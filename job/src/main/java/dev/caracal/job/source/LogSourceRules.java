package dev.caracal.job.source;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the values of a log source must look like, its own rules and those of AWS. Each check throws
 * an {@link IllegalArgumentException} whose message begins with the field and shows a right value.
 */
public final class LogSourceRules {

    /** The longest time without an event after which an alarm makes sense: 30 days. */
    private static final int MAX_DROP_OFF_MINUTES = 30 * 24 * 60;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 -]{1,32}");
    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final Pattern ROLE_ARN =
            Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/.{1,512}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");
    private static final Pattern KMS_KEY_ARN =
            Pattern.compile("arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/.+");

    private static final Pattern QUEUE_URL =
            Pattern.compile("https?://[^/ ?#]+/([^ ?#]+/)*[A-Za-z0-9_-]{1,80}");
    private static final Pattern PRINCIPAL_ARN =
            Pattern.compile(
                    "arn:aws(-[a-z]+)*:(iam|sts)::[0-9]{12}:(root|(role|user|assumed-role)/.+)");
    private static final Pattern SOURCE_ARN =
            Pattern.compile(
                    "arn:aws(-[a-z]+)*:(s3:::[a-z0-9][a-z0-9.*-]+|[a-z0-9-]+:[a-z0-9*-]*:[0-9]{12}:.+)");

    /** Beginnings and ends of names that AWS keeps for itself. */
    private static final List<String> RESERVED_BEGINNINGS =
            List.of("xn--", "sthree-", "amzn-s3-demo-");

    private static final List<String> RESERVED_ENDS =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private LogSourceRules() {}

    public static void checkId(String id) {
        check("id", id, ID, "1 to 64 letters, digits, '-' or '_', such as shop-logs");
    }

    /** As Panther's label. */
    public static void checkName(String name) {
        check("name", name, NAME, "1 to 32 letters, digits, spaces or hyphens, such as Shop logs");
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "name is blank; expected a label, such as Shop logs");
        }
    }

    public static void checkAccountId(String accountId) {
        check("accountId", accountId, ACCOUNT_ID, "12 digits, such as 123456789012");
    }

    /**
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">General
     *     purpose bucket naming rules</a>
     */
    public static void checkBucket(String bucket) {
        String example = "a bucket name, such as example-logs";
        check("bucket", bucket, BUCKET, example);
        if (bucket.contains("..") || IP_ADDRESS.matcher(bucket).matches()) {
            throw wrong("bucket", bucket, example + ": no two dots in a row, and no IP address");
        }
        if (RESERVED_BEGINNINGS.stream().anyMatch(bucket::startsWith)
                || RESERVED_ENDS.stream().anyMatch(bucket::endsWith)) {
            throw wrong("bucket", bucket, example + "; AWS keeps names like this one for itself");
        }
    }

    /** Keys in S3 have no leading slash. */
    public static void checkPrefix(String field, String prefix) {
        if (prefix.startsWith("/")) {
            throw new IllegalArgumentException(
                    field
                            + " starts with '/': \""
                            + prefix
                            + "\"; keys in S3 do not, so write \""
                            + prefix.substring(1)
                            + "\"");
        }
    }

    public static void checkRoleArn(String roleArn) {
        check("roleArn", roleArn, ROLE_ARN, "such as arn:aws:iam::123456789012:role/Name");
    }

    /**
     * @see <a
     *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
     */
    public static void checkExternalId(String externalId) {
        if (!EXTERNAL_ID.matcher(externalId).matches()) {
            // The value is a secret.
            throw new IllegalArgumentException(
                    "externalId has "
                            + externalId.length()
                            + " characters; expected 2 to 1224 letters, digits or any of"
                            + " _+=,.@:/-, such as 2d3f8a5e-6b1c-4c1e-9f7a-0f6c3f0d9b11");
        }
    }

    /** Of the key itself: an alias can be turned to another key. */
    public static void checkKmsKeyArn(String kmsKeyArn) {
        check(
                "kmsKeyArn",
                kmsKeyArn,
                KMS_KEY_ARN,
                "arn:aws:kms:REGION:ACCOUNT:key/ID, such as"
                        + " arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    }

    /**
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html">Queue
     *     and message identifiers</a>
     */
    public static void checkQueueUrl(String queueUrl) {
        check(
                "queueUrl",
                queueUrl,
                QUEUE_URL,
                "such as https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app; FIFO"
                        + " queues are not read");
    }

    /** Of an account or a role; everybody is not an answer. */
    public static void checkPrincipal(String arn) {
        check(
                "allowedPrincipals",
                arn,
                PRINCIPAL_ARN,
                "such as arn:aws:iam::111122223333:root or a role's ARN");
    }

    /** Of what sends: a topic, an EventBridge rule, a bucket. */
    public static void checkSourceArn(String arn) {
        check(
                "allowedSourceArns",
                arn,
                SOURCE_ARN,
                "such as arn:aws:sns:us-east-1:111122223333:app-logs; service and account, or a"
                        + " bucket's name, must stand in it");
    }

    public static void checkDropOffMinutes(int minutes) {
        if (minutes < 0 || minutes > MAX_DROP_OFF_MINUTES) {
            throw new IllegalArgumentException(
                    "dropOffMinutes is "
                            + minutes
                            + "; expected 0 (no alarm) to "
                            + MAX_DROP_OFF_MINUTES
                            + ", such as 60");
        }
    }

    public static void checkDestination(String destination) {
        if (destination.isBlank()) {
            throw new IllegalArgumentException(
                    "destinations has a blank entry; expected names or ids, such as soc-slack");
        }
    }

    private static void check(String field, String value, Pattern pattern, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw wrong(field, value, expected);
        }
    }

    private static IllegalArgumentException wrong(String field, String value, String expected) {
        return new IllegalArgumentException(field + " is \"" + value + "\"; expected " + expected);
    }
}
