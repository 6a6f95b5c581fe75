package dev.caracal.cli.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.sns.SnsOptions;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import dev.caracal.job.JobOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.flink.configuration.Configuration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Real S3, SQS, SNS and STS servers with two accounts: the customer's, with a bucket that announces
 * its objects and one that does not yet, and ours, with the queue, the output bucket and the alert
 * topic.
 */
final class WholeWay implements AutoCloseable {

    static final String CUSTOMER = "111122223333";
    static final String OURS = "123456789012";
    static final String BUCKET = "customer-logs";
    static final String OUTPUT = "caracal-output";
    static final String ROLE_ARN =
            "arn:aws:iam::" + CUSTOMER + ":role/CaracalLogProcessingRole-test";

    private static final String REGION = "us-east-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final LocalAwsProcess aws;
    private final AwsClients customer;
    private final AwsClients own;
    private final S3Client customerS3;
    private final S3Client ownS3;
    private final SqsClient ownSqs;
    private final Set<String> read = new HashSet<>();

    WholeWay(Path folder) throws Exception {
        this.folder = folder;
        Path accounts = folder.resolve("accounts.json");
        Files.writeString(accounts, accounts());
        Files.createDirectories(control().resolve("sources"));
        Files.createDirectories(control().resolve("rules"));
        Path localAws = Path.of("..", "local-aws").toAbsolutePath().normalize();
        aws =
                LocalAwsProcess.start(
                        localAws, accounts, folder.resolve("aws"), folder.resolve("local-aws.log"));
        customer = clients(CUSTOMER);
        own = clients(OURS);
        customerS3 = customer.s3();
        ownS3 = own.s3();
        ownSqs = own.sqs();
        writeSource("customer", "", "AWS.CloudTrail");
    }

    private static String accounts() {
        return """
        {"sqs": {"account": "OURS", "region": "us-east-1",
                 "queues": [{"name": "notifications", "attributes": {"VisibilityTimeout": "60"}},
                            {"name": "alerts"}]},
         "accounts": [
          {"id": "OURS",
           "accessKeys": [{"id": "AKIAOURS", "secret": "secret-OURS"}],
           "topics": [{"name": "alerts", "region": "us-east-1", "subscriptions": [
              {"protocol": "sqs", "endpoint": "arn:aws:sqs:us-east-1:OURS:alerts"}]}],
           "buckets": [{"name": "caracal-output", "region": "us-east-1"}]},
          {"id": "CUSTOMER",
           "accessKeys": [{"id": "AKIACUSTOMER", "secret": "secret-CUSTOMER"}],
           "topics": [{"name": "new-logs", "region": "us-east-1", "subscribers": ["OURS"],
              "subscriptions": [
              {"protocol": "sqs", "endpoint": "arn:aws:sqs:us-east-1:OURS:notifications"}]}],
           "buckets": [{"name": "customer-logs", "region": "us-east-1", "notifications": [
              {"id": "new-logs", "destination": "arn:aws:sns:us-east-1:CUSTOMER:new-logs"}]},
              {"name": "managed-logs"}],
           "roles": [{"name": "CaracalLogProcessingRole-test", "externalId": "external-id",
              "trusts": ["OURS"], "grants": [{"bucket": "customer-logs", "access": "read"},
                {"bucket": "managed-logs", "notifications": true}],
              "topics": ["caracal-managed-managed-logs"]}]}
         ]}
        """
                .replace("CUSTOMER", CUSTOMER)
                .replace("OURS", OURS);
    }

    private Configuration awsOptions(String account) {
        Configuration options = new Configuration();
        options.set(AwsOptions.REGION, REGION);
        options.set(AwsOptions.S3_ENDPOINT, aws.endpoints().s3().toString());
        options.set(AwsOptions.SQS_ENDPOINT, aws.endpoints().sqs().toString());
        options.set(AwsOptions.SNS_ENDPOINT, aws.endpoints().sns().toString());
        options.set(AwsOptions.STS_ENDPOINT, aws.endpoints().sts().toString());
        options.set(AwsOptions.S3_PATH_STYLE, true);
        options.setString(AwsOptions.CREDENTIALS.type.key(), "BASIC");
        options.set(AwsOptions.CREDENTIALS.accessKeyId, "AKIA" + account);
        options.set(AwsOptions.CREDENTIALS.secretKey, "secret-" + account);
        return options;
    }

    private AwsClients clients(String account) {
        return new AwsClients(AwsSettings.from(awsOptions(account)));
    }

    Path control() {
        return folder.resolve("control");
    }

    /** The job's options; built-in rules are off. */
    Configuration jobOptions() {
        Configuration options = awsOptions(OURS);
        options.set(SqsSourceOptions.QUEUE_URL, queueUrl("notifications"));
        options.set(JobOptions.CONTROL_LOCATION, control().toString());
        options.set(JobOptions.OUTPUT_LOCATION, "s3://" + OUTPUT);
        options.set(JobOptions.BUILTIN_RULES, false);
        options.setString("control.interval", "500 ms");
        options.setString("health.snapshot-interval", "1 s");
        options.set(SnsOptions.TOPIC_ARN, "arn:aws:sns:" + REGION + ":" + OURS + ":alerts");
        return options;
    }

    String queueUrl(String name) {
        return ownSqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    SqsClient sqs() {
        return ownSqs;
    }

    void writeSource(String id, String prefix, String logType) throws IOException {
        replace(
                control().resolve("sources").resolve(id + ".yml"),
                """
                id: %s
                name: %s
                accountId: "%s"
                bucket: %s
                prefixLogTypes:
                  - prefix: "%s"
                    logTypes: [%s]
                roleArn: %s
                externalId: external-id
                """
                        .formatted(id, id, CUSTOMER, BUCKET, prefix, logType, ROLE_ARN));
    }

    /**
     * A rule for CloudTrail that matches the event names given, with an alert for each event id.
     */
    void writeRule(String ruleId, String... eventNames) throws IOException {
        Path rules = control().resolve("rules");
        String list = JSON.writeValueAsString(eventNames);
        replace(
                rules.resolve(ruleId + ".py"),
                """
                def rule(event):
                    return event.get("eventName") in %s

                def dedup(event):
                    return event.get("eventID")
                """
                        .formatted(list));
        replace(
                rules.resolve(ruleId + ".yml"),
                """
                AnalysisType: rule
                RuleID: %s
                Filename: %s.py
                Enabled: true
                LogTypes: [AWS.CloudTrail]
                Severity: High
                Tests:
                  - Name: another event
                    ExpectedResult: false
                    Log: {eventName: Nothing}
                """
                        .formatted(ruleId, ruleId));
    }

    /** Nobody ever sees half a file. */
    private static void replace(Path file, String text) throws IOException {
        Path half = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(half, text);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** SNS delivers nothing before the job has confirmed the subscription. */
    void awaitSubscribed() {
        String topic = "arn:aws:sns:" + REGION + ":" + CUSTOMER + ":new-logs";
        try (SnsClient sns = customer.sns()) {
            await().atMost(Duration.ofMinutes(2))
                    .until(
                            () ->
                                    sns
                                            .listSubscriptionsByTopic(r -> r.topicArn(topic))
                                            .subscriptions()
                                            .stream()
                                            .allMatch(s -> s.subscriptionArn().startsWith("arn:")));
        }
    }

    /** Stores an object as the customer would; the bucket announces it. */
    void put(String key, RequestBody body) {
        customerS3.putObject(request -> request.bucket(BUCKET).key(key), body);
    }

    void put(String key, String text) {
        put(key, RequestBody.fromString(text));
    }

    static String cloudTrail(String eventId, String eventName) {
        return """
               {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","accountId":"111122223333",\
               "arn":"arn:aws:iam::111122223333:user/alice","userName":"alice"},\
               "eventTime":"2026-01-02T03:04:05Z","eventSource":"ec2.amazonaws.com",\
               "eventName":"%s","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7",\
               "userAgent":"aws-cli/2.15","requestParameters":{"instanceId":"i-0123456789abcdef0"},\
               "responseElements":null,"eventID":"%s","eventType":"AwsApiCall"}
               """
                .formatted(eventName, eventId);
    }

    /** All lines of the job's output so far under a folder, such as {@code events}. */
    List<JsonNode> output(String kind) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (S3Object object :
                ownS3.listObjectsV2Paginator(request -> request.bucket(OUTPUT).prefix(kind + "/"))
                        .contents()) {
            if (isWhole(object)) {
                readLines(object.key(), lines);
            }
        }
        return lines;
    }

    /** Local AWS also lists the temporary name of an object that it is storing. */
    private static boolean isWhole(S3Object object) {
        return object.key().endsWith(".jsonl.gz");
    }

    /** The lines of the files that have come since the last call with this method. */
    List<JsonNode> newOutput(String kind) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (S3Object object :
                ownS3.listObjectsV2Paginator(request -> request.bucket(OUTPUT).prefix(kind + "/"))
                        .contents()) {
            if (isWhole(object) && read.add(object.key())) {
                readLines(object.key(), lines);
            }
        }
        return lines;
    }

    /** How many lines have come under a folder since the last call with this method. */
    long countNewLines(String kind) throws IOException {
        long count = 0;
        for (S3Object object :
                ownS3.listObjectsV2Paginator(request -> request.bucket(OUTPUT).prefix(kind + "/"))
                        .contents()) {
            if (isWhole(object) && read.add(object.key())) {
                try (BufferedReader lines = open(object.key())) {
                    count += lines.lines().count();
                }
            }
        }
        return count;
    }

    private void readLines(String key, List<JsonNode> lines) throws IOException {
        try (BufferedReader reader = open(key)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
    }

    private BufferedReader open(String key) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        new GZIPInputStream(ownS3.getObject(r -> r.bucket(OUTPUT).key(key))),
                        StandardCharsets.UTF_8));
    }

    /** The alerts that SNS has delivered, each as often as it came. */
    List<JsonNode> alertsOnSns() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        String queue = queueUrl("alerts");
        while (true) {
            var messages =
                    ownSqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                            .messages();
            if (messages.isEmpty()) {
                return alerts;
            }
            for (var message : messages) {
                JsonNode envelope = JSON.readTree(message.body());
                alerts.add(JSON.readTree(envelope.path("Message").asText()));
                ownSqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
    }

    @Override
    public void close() {
        own.close();
        customer.close();
        aws.close();
    }
}
