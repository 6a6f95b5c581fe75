package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CARACAL_KEY;
import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.model.Message;

class RestartTest {
    @TempDir private Path folder;

    @Test
    void whatLiesInTheFolderIsThereAgain() throws Exception {
        String eTag;
        String version;
        AwsSessionCredentials session;
        try (TestCloud cloud = TestCloud.start(folder)) {
            S3Client s3 = cloud.s3(CUSTOMER_KEY);
            String notifications = notifications(cloud);
            assertThat(cloud.receive(notifications, 1).get(0).body()).contains("s3:TestEvent");
            eTag =
                    s3.putObject(
                                    p -> p.bucket("logs").key("AWSLogs/é a.json"),
                                    RequestBody.fromString("kept"))
                            .eTag();
            s3.createBucket(b -> b.bucket("made-by-api"));
            s3.putBucketVersioning(
                    v ->
                            v.bucket("made-by-api")
                                    .versioningConfiguration(
                                            c -> c.status(BucketVersioningStatus.ENABLED)));
            version =
                    s3.putObject(
                                    p -> p.bucket("made-by-api").key("k"),
                                    RequestBody.fromString("old"))
                            .versionId();
            s3.putObject(p -> p.bucket("made-by-api").key("k"), RequestBody.fromString("new"));
            String queue = cloud.queue("made-by-api");
            String topic =
                    cloud.sns(CARACAL_KEY).createTopic(t -> t.name("made-by-api")).topicArn();
            cloud.sns(CARACAL_KEY)
                    .subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint(cloud.arn(queue)));
            session = cloud.assume(TestCloud.READER);
            List<Message> unread = cloud.receiveOnce(notifications, 10, 20);
            assertThat(unread).hasSize(1);
            cloud.sqs()
                    .changeMessageVisibility(
                            v ->
                                    v.queueUrl(notifications)
                                            .receiptHandle(unread.get(0).receiptHandle())
                                            .visibilityTimeout(0));
        }
        try (TestCloud cloud = TestCloud.start(folder)) {
            S3Client s3 = cloud.s3(CUSTOMER_KEY);
            assertThat(
                            s3.getObject(
                                            g ->
                                                    g.bucket("logs")
                                                            .key("AWSLogs/é a.json")
                                                            .ifMatch(eTag))
                                    .readAllBytes())
                    .asString()
                    .isEqualTo("kept");
            assertThat(
                            s3.getObjectAsBytes(
                                            g ->
                                                    g.bucket("made-by-api")
                                                            .key("k")
                                                            .versionId(version))
                                    .asUtf8String())
                    .isEqualTo("old");
            assertThat(cloud.receive(notifications(cloud), 1).get(0).body())
                    .contains("%C3%A9+a.json");
            s3.putObject(p -> p.bucket("logs").key("AWSLogs/later"), RequestBody.fromString("x"));
            assertThat(cloud.receive(notifications(cloud), 1).get(0).body())
                    .contains("AWSLogs/later");
            String topic = "arn:aws:sns:eu-west-1:999999999999:made-by-api";
            assertThat(cloud.sns(CARACAL_KEY).listTopics().topics())
                    .extracting(Topic::topicArn)
                    .containsExactly(topic);
            cloud.sns(CARACAL_KEY).publish(p -> p.topicArn(topic).message("still subscribed"));
            assertThat(cloud.receive(cloud.queue("made-by-api"), 1).get(0).body())
                    .contains("still subscribed");
            assertThatThrownBy(
                            () ->
                                    cloud.s3(session)
                                            .headObject(h -> h.bucket("logs").key("AWSLogs/later")))
                    .isInstanceOf(S3Exception.class);
        }
    }

    private static String notifications(TestCloud cloud) {
        return cloud.sqs().getQueueUrl(q -> q.queueName("notifications")).queueUrl();
    }
}
