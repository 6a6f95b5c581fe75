package dev.caracal.cli.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Records of AWS.CloudTrail, in files as CloudTrail delivers them. */
final class CloudTrailSamples {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PEOPLE = List.of("amara", "bjarne", "chiara", "dmitri");

    /** Everyday calls, as {@code service/name}. */
    private static final List<String> CALLS =
            List.of(
                    "ec2/DescribeInstances",
                    "ec2/DescribeVolumes",
                    "s3/ListBuckets",
                    "s3/GetBucketLocation",
                    "monitoring/GetMetricData",
                    "kms/DescribeKey",
                    "lambda/ListFunctions20150331",
                    "sts/GetCallerIdentity");

    private final String accountId;
    private final Dice dice;

    CloudTrailSamples(String accountId, Dice dice) {
        this.accountId = accountId;
        this.dice = dice;
    }

    /** The content of a delivered file, before compression. */
    static byte[] file(List<ObjectNode> records) {
        ObjectNode file = JSON.createObjectNode();
        ArrayNode array = file.putArray("Records");
        records.forEach(array::add);
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String key(String accountId, Instant time, String suffix) {
        return "AWSLogs/%s/CloudTrail/us-east-1/%s/%s_CloudTrail_us-east-1_%s_%s.json.gz"
                .formatted(
                        accountId,
                        SampleTime.DAY_FOLDER.format(time),
                        accountId,
                        SampleTime.FILE_MINUTE.format(time),
                        suffix);
    }

    /** A call that nobody minds. */
    ObjectNode everyday(Instant time) {
        String[] call = dice.pick(CALLS).split("/", 2);
        ObjectNode record = record(time, call[0] + ".amazonaws.com", call[1]);
        record.put("readOnly", true);
        assumedRole(record, dice.pick(PEOPLE));
        return record;
    }

    /** A call that changes something, with the parameters that the caller adds. */
    ObjectNode change(Instant time, String service, String name, String person) {
        ObjectNode record = record(time, service + ".amazonaws.com", name);
        record.put("readOnly", false);
        iamUser(record, person);
        return record;
    }

    /** A call by the account's root user. */
    ObjectNode byRoot(Instant time, String service, String name) {
        ObjectNode record = record(time, service + ".amazonaws.com", name);
        record.put("readOnly", false);
        record.putObject("userIdentity")
                .put("type", "Root")
                .put("principalId", accountId)
                .put("arn", "arn:aws:iam::" + accountId + ":root")
                .put("accountId", accountId);
        return record;
    }

    ObjectNode consoleLogin(Instant time, String person, boolean success, boolean mfa) {
        ObjectNode record = record(time, "signin.amazonaws.com", "ConsoleLogin");
        record.put("eventType", "AwsConsoleSignIn");
        iamUser(record, person);
        record.putObject("responseElements").put("ConsoleLogin", success ? "Success" : "Failure");
        record.putObject("additionalEventData")
                .put("LoginTo", "https://console.aws.amazon.com/console/home")
                .put("MobileVersion", "No")
                .put("MFAUsed", mfa ? "Yes" : "No");
        if (!success) {
            record.put("errorMessage", "Failed authentication");
        }
        return record;
    }

    private ObjectNode record(Instant time, String eventSource, String eventName) {
        return JSON.createObjectNode()
                .put("eventVersion", "1.11")
                .put("eventTime", time.toString())
                .put("eventSource", eventSource)
                .put("eventName", eventName)
                .put("awsRegion", "us-east-1")
                .put("sourceIPAddress", dice.visitorAddress())
                .put("userAgent", "aws-cli/2.31.0")
                .put("requestID", dice.uuid())
                .put("eventID", dice.uuid())
                .put("eventType", "AwsApiCall")
                .put("managementEvent", true)
                .put("recipientAccountId", accountId)
                .put("eventCategory", "Management");
    }

    private void iamUser(ObjectNode record, String person) {
        record.putObject("userIdentity")
                .put("type", "IAMUser")
                .put("principalId", "AIDA" + person.toUpperCase(Locale.ROOT))
                .put("arn", "arn:aws:iam::" + accountId + ":user/" + person)
                .put("accountId", accountId)
                .put("userName", person);
    }

    private void assumedRole(ObjectNode record, String person) {
        ObjectNode identity =
                record.putObject("userIdentity")
                        .put("type", "AssumedRole")
                        .put("principalId", "AROAEXAMPLE:" + person)
                        .put("arn", "arn:aws:sts::" + accountId + ":assumed-role/Reader/" + person)
                        .put("accountId", accountId);
        ObjectNode session = identity.putObject("sessionContext");
        session.putObject("sessionIssuer")
                .put("type", "Role")
                .put("principalId", "AROAEXAMPLE")
                .put("arn", "arn:aws:iam::" + accountId + ":role/Reader")
                .put("accountId", accountId)
                .put("userName", "Reader");
        session.putObject("attributes").put("mfaAuthenticated", "true");
    }
}
