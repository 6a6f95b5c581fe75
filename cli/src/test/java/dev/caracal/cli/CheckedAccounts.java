package dev.caracal.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.demo.LocalAwsProcess;
import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sns.SnsClient;

/** Two accounts on local AWS, with log sources that are set up rightly and wrongly. */
final class CheckedAccounts implements AutoCloseable {

    static final String OURS = "123456789012";
    static final String CUSTOMER = "111122223333";
    static final String TOPICS = "arn:aws:sns:us-east-1:" + CUSTOMER + ':';

    /**
     * The customer's roles, each with the external id {@code the-id} unless it has none; the role
     * {@code good} reads all the buckets. Buckets are named after what is wrong with them.
     */
    private static final String ACCOUNTS =
            """
            {"sqs": {"account": "OURS", "region": "us-east-1",
                     "queues": [{"name": "caracal-notifications"}, {"name": "other"}]},
             "accounts": [
              {"id": "OURS", "accessKeys": [{"id": "AKIAOURS", "secret": "secret-OURS"}]},
              {"id": "444455556666", "buckets": [{"name": "foreign-logs"}]},
              {"id": "CUSTOMER", "accessKeys": [{"id": "AKIACUSTOMER", "secret": "secret-CUSTOMER"}],
               "roles": [
                {"name": "CaracalLogProcessingRole-good", "externalId": "the-id", "trusts": ["OURS"],
                 "grants": [{"bucket": "logs"}, {"bucket": "silent"}, {"bucket": "narrow"},
                            {"bucket": "foreign-logs"}, {"bucket": "pending"}, {"bucket": "closed"},
                            {"bucket": "unheard"}, {"bucket": "elsewhere"}, {"bucket": "puts"},
                            {"bucket": "direct"}, {"bucket": "misdirected"}]},
                {"name": "CaracalLogProcessingRole-managing", "externalId": "the-id",
                 "trusts": ["OURS"], "grants": [{"bucket": "shared", "notifications": true}],
                 "topics": ["caracal-managed-shared"]},
                {"name": "CaracalLogProcessingRole-untrusting", "externalId": "the-id"},
                {"name": "CaracalLogProcessingRole-open", "trusts": ["OURS"],
                 "grants": [{"bucket": "logs"}]},
                {"name": "CaracalLogProcessingRole-narrow", "externalId": "the-id",
                 "trusts": ["OURS"], "grants": [{"bucket": "logs", "prefixes": ["AWSLogs/"]}]}],
               "topics": [
                {"name": "good", "subscribers": ["OURS"], "subscriptions": [
                  {"protocol": "sqs", "by": "OURS", "endpoint": "QUEUE"}]},
                {"name": "pending", "subscribers": ["OURS"], "subscriptions": [
                  {"protocol": "sqs", "endpoint": "QUEUE"}]},
                {"name": "elsewhere", "subscribers": ["OURS"], "subscriptions": [
                  {"protocol": "sqs", "by": "OURS",
                   "endpoint": "arn:aws:sqs:us-west-2:OURS:caracal-notifications"}]},
                {"name": "unheard", "subscribers": ["OURS"]},
                {"name": "closed", "subscribers": ["OURS"]},
                {"name": "hidden"}],
               "buckets": [
                {"name": "logs", "notifications": [{"destination": "TOPIC:good"}]},
                {"name": "silent"},
                {"name": "shared", "notifications": [
                  {"id": "theirs", "prefix": "theirs/", "destination": "QUEUE"}]},
                {"name": "narrow", "notifications": [
                  {"destination": "TOPIC:good", "prefix": "AWSLogs/elb/"}]},
                {"name": "puts", "notifications": [
                  {"destination": "TOPIC:good", "events": ["s3:ObjectCreated:Put"]}]},
                {"name": "pending", "notifications": [{"destination": "TOPIC:pending"}]},
                {"name": "elsewhere", "notifications": [{"destination": "TOPIC:elsewhere"}]},
                {"name": "unheard", "notifications": [{"destination": "TOPIC:unheard"}]},
                {"name": "closed", "notifications": [{"destination": "TOPIC:closed"}]},
                {"name": "direct", "notifications": [{"destination": "QUEUE"}]},
                {"name": "misdirected", "notifications": [
                  {"destination": "arn:aws:sqs:us-east-1:OURS:other"}]}]}
             ]}
            """
                    .replace("QUEUE", "arn:aws:sqs:us-east-1:OURS:caracal-notifications")
                    .replace("TOPIC:", TOPICS)
                    .replace("CUSTOMER", CUSTOMER)
                    .replace("OURS", OURS);

    private final LocalAwsProcess aws;
    private final Path config;

    private CheckedAccounts(LocalAwsProcess aws, Path config) {
        this.aws = aws;
        this.config = config;
    }

    /**
     * @param folder for all that is written
     */
    static CheckedAccounts start(Path folder) throws Exception {
        Path accounts = Files.writeString(folder.resolve("accounts.json"), ACCOUNTS);
        LocalAwsProcess aws =
                LocalAwsProcess.start(
                        Path.of(System.getProperty("caracal.home"), "local-aws"),
                        accounts,
                        folder.resolve("data"),
                        folder.resolve("local-aws.log"));
        var started = new CheckedAccounts(aws, folder.resolve("job.yaml"));
        Map<String, String> options = started.options(OURS);
        options.put(SqsSourceOptions.QUEUE_URL.key(), started.queueUrl("caracal-notifications"));
        Files.writeString(started.config, new ObjectMapper().writeValueAsString(options));
        try (AwsClients customer = started.clients(CUSTOMER)) {
            customer.s3()
                    .putObject(
                            request -> request.bucket("logs").key("AWSLogs/1.json"),
                            RequestBody.fromString("{}"));
            // It lets nobody publish, but us look.
            SnsClient sns = customer.sns();
            String policy =
                    sns.getTopicAttributes(request -> request.topicArn(TOPICS + "closed"))
                            .attributes()
                            .get("Policy");
            sns.setTopicAttributes(
                    request ->
                            request.topicArn(TOPICS + "closed")
                                    .attributeName("Policy")
                                    .attributeValue(
                                            policy.replace("s3.amazonaws", "ec2.amazonaws")));
        }
        return started;
    }

    /** The job's options, for {@link #OURS}. */
    Path config() {
        return config;
    }

    /** Of a queue of {@link #OURS}, which need not be there. */
    String queueUrl(String name) {
        return aws.endpoints().sqs() + "/" + OURS + "/" + name;
    }

    AwsClients clients(String account) {
        return new AwsClients(AwsSettings.from(Configuration.fromMap(options(account))));
    }

    private Map<String, String> options(String account) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(AwsOptions.REGION.key(), "us-east-1");
        options.put(AwsOptions.S3_ENDPOINT.key(), aws.endpoints().s3().toString());
        options.put(AwsOptions.SQS_ENDPOINT.key(), aws.endpoints().sqs().toString());
        options.put(AwsOptions.SNS_ENDPOINT.key(), aws.endpoints().sns().toString());
        options.put(AwsOptions.STS_ENDPOINT.key(), aws.endpoints().sts().toString());
        options.put(AwsOptions.S3_PATH_STYLE.key(), "true");
        options.put(AwsOptions.CREDENTIALS.type.key(), "BASIC");
        options.put(AwsOptions.CREDENTIALS.accessKeyId.key(), "AKIA" + account);
        options.put(AwsOptions.CREDENTIALS.secretKey.key(), "secret-" + account);
        return options;
    }

    @Override
    public void close() {
        aws.close();
    }
}
