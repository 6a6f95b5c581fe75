package dev.caracal.localaws;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Two accounts for tests: {@link #CUSTOMER}, which owns buckets, topics and roles, and {@link
 * #CARACAL}, which owns the queues and may assume the roles.
 */
final class TestCloud implements AutoCloseable {
    static final String CUSTOMER = "111111111111";
    static final String CARACAL = "999999999999";
    static final Region REGION = Region.EU_WEST_1;
    static final AwsCredentials CUSTOMER_KEY =
            AwsBasicCredentials.create("AKIACUSTOMER", "customer-secret");
    static final AwsCredentials CARACAL_KEY =
            AwsBasicCredentials.create("AKIACARACAL", "caracal-secret");
    static final String READER = "arn:aws:iam::111111111111:role/Reader";
    static final String WRITER = "arn:aws:iam::111111111111:role/Writer";
    static final String PREFIX_READER = "arn:aws:iam::111111111111:role/PrefixReader";
    static final String NOTIFIER = "arn:aws:iam::111111111111:role/Notifier";
    static final String EXTERNAL_ID = "external-id-of-caracal";

    static final String CONFIG =
            """
            {"sqs": {"account": "999999999999", "region": "eu-west-1",
                     "queues": [{"name": "notifications", "attributes": {"VisibilityTimeout": "60"}}]},
             "accounts": [
               {"id": "999999999999", "accessKeys": [{"id": "AKIACARACAL", "secret": "caracal-secret"}]},
               {"id": "111111111111",
                "accessKeys": [{"id": "AKIACUSTOMER", "secret": "customer-secret"}],
                "roles": [
                  {"name": "Reader", "trusts": ["999999999999"], "externalId": "external-id-of-caracal",
                   "grants": [{"bucket": "logs"}]},
                  {"name": "Writer", "trusts": ["999999999999"], "externalId": "external-id-of-caracal",
                   "grants": [{"bucket": "logs", "access": "read-write"}]},
                  {"name": "PrefixReader", "trusts": ["999999999999"], "externalId": "external-id-of-caracal",
                   "grants": [{"bucket": "logs", "prefixes": ["AWSLogs/"]}]},
                  {"name": "Notifier", "trusts": ["999999999999"], "externalId": "external-id-of-caracal",
                   "grants": [{"bucket": "plain", "notifications": true}], "topics": ["managed"]},
                  {"name": "Distrustful", "externalId": "external-id-of-caracal",
                   "grants": [{"bucket": "logs"}]}],
                "topics": [{"name": "logs-topic", "region": "eu-west-1", "subscribers": ["999999999999"],
                            "subscriptions": [{"protocol": "sqs", "by": "999999999999",
                                "endpoint": "arn:aws:sqs:eu-west-1:999999999999:notifications"}]}],
                "buckets": [
                  {"name": "logs", "region": "eu-west-1",
                   "notifications": [{"id": "new-logs", "prefix": "AWSLogs/",
                       "destination": "arn:aws:sns:eu-west-1:111111111111:logs-topic"}]},
                  {"name": "plain", "region": "eu-west-1"},
                  {"name": "far-away", "region": "ap-southeast-2"}]}]}
            """;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final SdkHttpClient http = ApacheHttpClient.builder().maxConnections(50).build();
    private final LocalAws aws;

    private TestCloud(LocalAws aws) {
        this.aws = aws;
    }

    static TestCloud start() throws IOException {
        return start(CONFIG, InstantSource.system());
    }

    static TestCloud start(String config, InstantSource clock) throws IOException {
        return new TestCloud(
                LocalAws.builder()
                        .config(LocalAwsConfig.parse(config, "test"))
                        .clock(clock)
                        .start());
    }

    static TestCloud start(Path folder) throws IOException {
        return new TestCloud(
                LocalAws.builder()
                        .config(LocalAwsConfig.parse(CONFIG, "test"))
                        .folder(folder)
                        .start());
    }

    LocalAws aws() {
        return aws;
    }

    S3Client s3(AwsCredentials credentials) {
        return s3(credentials, REGION);
    }

    S3Client s3(AwsCredentials credentials, Region region) {
        return opened(
                S3Client.builder()
                        .endpointOverride(aws.endpoints().s3())
                        .forcePathStyle(true)
                        .region(region)
                        .credentialsProvider(StaticCredentialsProvider.create(credentials))
                        .overrideConfiguration(o -> o.retryStrategy(noRetries()))
                        .httpClient(http)
                        .build());
    }

    SqsClient sqs() {
        return opened(
                SqsClient.builder()
                        .endpointOverride(aws.endpoints().sqs())
                        .region(REGION)
                        .credentialsProvider(StaticCredentialsProvider.create(CARACAL_KEY))
                        .httpClient(http)
                        .build());
    }

    SnsClient sns(AwsCredentials credentials) {
        return opened(
                SnsClient.builder()
                        .endpointOverride(aws.endpoints().sns())
                        .region(REGION)
                        .credentialsProvider(StaticCredentialsProvider.create(credentials))
                        .overrideConfiguration(o -> o.retryStrategy(noRetries()))
                        .httpClient(http)
                        .build());
    }

    StsClient sts(AwsCredentials credentials) {
        return opened(
                StsClient.builder()
                        .endpointOverride(aws.endpoints().sts())
                        .region(REGION)
                        .credentialsProvider(StaticCredentialsProvider.create(credentials))
                        .overrideConfiguration(o -> o.retryStrategy(noRetries()))
                        .httpClient(http)
                        .build());
    }

    AwsSessionCredentials assume(String roleArn) {
        Credentials session =
                sts(CARACAL_KEY)
                        .assumeRole(
                                AssumeRoleRequest.builder()
                                        .roleArn(roleArn)
                                        .roleSessionName("caracal")
                                        .externalId(EXTERNAL_ID)
                                        .build())
                        .credentials();
        return AwsSessionCredentials.create(
                session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
    }

    /** A new queue's URL. */
    String queue(String name) {
        return sqs().createQueue(q -> q.queueName(name)).queueUrl();
    }

    String arn(String queueUrl) {
        return sqs().getQueueAttributes(
                        a -> a.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    /**
     * Receives and deletes so many messages, in the order of their arrival; waits up to 60 s for
     * them.
     */
    List<Message> receive(String queueUrl, int count) {
        SqsClient sqs = sqs();
        List<Message> messages = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (messages.size() < count && System.nanoTime() < deadline) {
            List<Message> received = receiveOnce(queueUrl, count - messages.size(), 1);
            received.forEach(
                    m ->
                            sqs.deleteMessage(
                                    d -> d.queueUrl(queueUrl).receiptHandle(m.receiptHandle())));
            messages.addAll(received);
        }
        return messages;
    }

    List<Message> receiveOnce(String queueUrl, int max, int waitSeconds) {
        return sqs().receiveMessage(
                        r ->
                                r.queueUrl(queueUrl)
                                        .maxNumberOfMessages(Math.min(10, max))
                                        .messageAttributeNames("All")
                                        .waitTimeSeconds(waitSeconds))
                .messages();
    }

    /** What the admin endpoint answers. */
    HttpResponse<String> admin(String method, String path, String json)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(aws.endpoints().admin() + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        for (AutoCloseable client : open) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        http.close();
        aws.close();
    }

    private <T extends AutoCloseable> T opened(T client) {
        open.add(client);
        return client;
    }

    private static software.amazon.awssdk.retries.api.RetryStrategy noRetries() {
        return software.amazon.awssdk.awscore.retry.AwsRetryStrategy.forRetryMode(
                        RetryMode.STANDARD)
                .toBuilder()
                .maxAttempts(1)
                .build();
    }
}
