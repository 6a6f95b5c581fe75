package dev.caracal.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.samples.SampleAccount;
import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * The AWS accounts of the demo: the security account, where Caracal runs, with its queue, output
 * bucket and alert topic; and the accounts that let it read their logs, each with a bucket, a topic
 * that announces new objects to the queue, and a role.
 */
public final class DemoAccounts {

    public static final String QUEUE = "caracal-notifications";
    public static final String ALERT_QUEUE = "caracal-alerts";
    static final String ALERT_TOPIC = "caracal-alerts";
    public static final String OUTPUT_BUCKET = "caracal-output";

    private static final String REGION = SampleAccount.SECURITY.region();
    private static final String ROLE = "CaracalLogProcessingRole";
    private static final String NOTIFICATION_TOPIC = "new-logs";
    private static final String VISIBILITY_SECONDS = "60";
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoAccounts() {}

    static String roleArn(SampleAccount account) {
        return "arn:aws:iam::" + account.id() + ":role/" + ROLE;
    }

    /** Known to both accounts alone; here made up. */
    static String externalId(SampleAccount account) {
        return "demo-" + account.id();
    }

    static String topicArn(SampleAccount account) {
        return "arn:aws:sns:" + account.region() + ':' + account.id() + ':' + NOTIFICATION_TOPIC;
    }

    public static String alertTopicArn() {
        return "arn:aws:sns:" + REGION + ':' + SampleAccount.SECURITY.id() + ':' + ALERT_TOPIC;
    }

    /** Options of AWS clients that act as the account, in its region. */
    public static Map<String, String> options(
            SampleAccount account, LocalAwsProcess.Endpoints endpoints) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(AwsOptions.REGION.key(), account.region());
        options.put(AwsOptions.S3_ENDPOINT.key(), endpoints.s3().toString());
        options.put(AwsOptions.SQS_ENDPOINT.key(), endpoints.sqs().toString());
        options.put(AwsOptions.SNS_ENDPOINT.key(), endpoints.sns().toString());
        options.put(AwsOptions.STS_ENDPOINT.key(), endpoints.sts().toString());
        options.put(AwsOptions.S3_PATH_STYLE.key(), "true");
        options.put(AwsOptions.CREDENTIALS.type.key(), "BASIC");
        options.put(AwsOptions.CREDENTIALS.accessKeyId.key(), accessKeyId(account));
        options.put(AwsOptions.CREDENTIALS.secretKey.key(), secretKey(account));
        return options;
    }

    public static AwsClients clients(SampleAccount account, LocalAwsProcess.Endpoints endpoints) {
        return new AwsClients(AwsSettings.from(Configuration.fromMap(options(account, endpoints))));
    }

    /** Writes the accounts as local AWS reads them. */
    public static void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode sqs = root.putObject("sqs");
        sqs.put("account", SampleAccount.SECURITY.id()).put("region", REGION);
        ArrayNode queues = sqs.putArray("queues");
        queues.addObject()
                .put("name", QUEUE)
                .putObject("attributes")
                .put("VisibilityTimeout", VISIBILITY_SECONDS);
        queues.addObject().put("name", ALERT_QUEUE);
        ArrayNode accounts = root.putArray("accounts");
        for (SampleAccount account : SampleAccount.values()) {
            addAccount(accounts.addObject(), account);
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    /** Writes the accounts' access keys as a shared credentials file. */
    static void writeCredentials(Path file) throws IOException {
        StringBuilder profiles = new StringBuilder();
        for (SampleAccount account : SampleAccount.values()) {
            profiles.append('[').append(account.bucket()).append("]\n");
            profiles.append("aws_access_key_id = ").append(accessKeyId(account)).append('\n');
            profiles.append("aws_secret_access_key = ").append(secretKey(account)).append("\n\n");
        }
        Files.writeString(file, profiles);
    }

    private static void addAccount(ObjectNode json, SampleAccount account) {
        json.put("id", account.id());
        json.putArray("accessKeys")
                .addObject()
                .put("id", accessKeyId(account))
                .put("secret", secretKey(account));
        ArrayNode topics = json.putArray("topics");
        addTopic(topics.addObject(), NOTIFICATION_TOPIC, account.region(), QUEUE);
        ArrayNode buckets = json.putArray("buckets");
        buckets.addObject()
                .put("name", account.bucket())
                .put("region", account.region())
                .putArray("notifications")
                .addObject()
                .put("id", "new-logs")
                .put("destination", topicArn(account));
        if (account == SampleAccount.SECURITY) {
            addTopic(topics.addObject(), ALERT_TOPIC, REGION, ALERT_QUEUE);
            buckets.addObject().put("name", OUTPUT_BUCKET).put("region", REGION);
            return;
        }
        ObjectNode role = json.putArray("roles").addObject();
        role.put("name", ROLE).put("externalId", externalId(account));
        role.putArray("trusts").add(SampleAccount.SECURITY.id());
        ArrayNode grants = role.putArray("grants");
        if (account != SampleAccount.SEALED) {
            grants.addObject().put("bucket", account.bucket()).put("access", "read");
        }
    }

    private static void addTopic(ObjectNode topic, String name, String region, String queue) {
        topic.put("name", name).put("region", region);
        topic.putArray("subscribers").add(SampleAccount.SECURITY.id());
        topic.putArray("subscriptions")
                .addObject()
                .put("protocol", "sqs")
                .put(
                        "endpoint",
                        "arn:aws:sqs:" + REGION + ':' + SampleAccount.SECURITY.id() + ':' + queue);
    }

    private static String accessKeyId(SampleAccount account) {
        return "AKIADEMO" + account.id();
    }

    private static String secretKey(SampleAccount account) {
        return "demo-secret-of-" + account.id();
    }
}
