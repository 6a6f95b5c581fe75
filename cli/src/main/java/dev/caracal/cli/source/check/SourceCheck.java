package dev.caracal.cli.source.check;

import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.job.OutputLocation;
import dev.caracal.job.source.LogSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Looks at everything in AWS that a log source needs, in the order of an object's way. */
public final class SourceCheck implements AutoCloseable {

    private final CheckClients clients;
    private final Optional<NotificationQueue> queue;

    /**
     * @param aws how to reach AWS, with the credentials of the security account
     * @param queue that notifications arrive in; without it, who gets them is not checked
     */
    public SourceCheck(AwsSettings aws, Optional<NotificationQueue> queue) {
        this.clients = new CheckClients(aws);
        this.queue = queue;
    }

    public List<Finding> check(LogSource source) {
        List<Finding> findings = new ArrayList<>();
        AwsCredentialsProvider role;
        try (StsClient sts = clients.sts()) {
            RoleCheck check = new RoleCheck(sts, source);
            role = check.run(clients.own());
            findings.addAll(check.findings());
        }
        if (role == null) {
            for (String part : List.of("bucket", "kms key", "objects", "notification")) {
                findings.add(Finding.notChecked(part, "there are no credentials to look with"));
            }
            return findings;
        }
        try (S3Client s3 = clients.s3(role)) {
            BucketCheck bucket = new BucketCheck(s3, source);
            findings.add(bucket.location());
            findings.add(new KeyCheck(source).run(clients, role, bucket.region()));
            findings.addAll(bucket.objects());
            NotificationCheck notifications = new NotificationCheck(s3, source);
            notifications.run();
            findings.addAll(notifications.findings());
            for (String destination : notifications.destinations()) {
                findings.addAll(destination(source, destination));
            }
        }
        return findings;
    }

    /**
     * Sends an object all the way to the job, and waits for it to arrive.
     *
     * @param profile whose credentials may write to the bucket; empty for one's own
     */
    public Finding sendTestObject(
            LogSource source, OutputLocation output, String profile, Duration limit)
            throws InterruptedException {
        AwsCredentialsProvider writer =
                profile.isEmpty() ? clients.own() : ProfileCredentialsProvider.create(profile);
        try (S3Client bucketOwner = clients.s3(writer);
                S3Client own = clients.s3(clients.own())) {
            return new TestObject(bucketOwner, own, output, source).send(limit);
        }
    }

    private List<Finding> destination(LogSource source, String arn) {
        List<Finding> findings = new ArrayList<>();
        String service = arn.split(":", 4)[2];
        if (service.equals("sns")) {
            try (SnsClient sns = clients.sns(arn.split(":", 5)[3])) {
                TopicCheck topic = new TopicCheck(sns, source, arn);
                findings.add(topic.policy());
                findings.add(
                        queue.map(topic::subscription).orElseGet(() -> noQueue("subscription")));
            }
            findings.add(
                    queue.map(
                                    ours ->
                                            QueueCheck.run(
                                                    clients,
                                                    source,
                                                    ours,
                                                    "sns.amazonaws.com",
                                                    arn))
                            .orElseGet(() -> noQueue("queue policy")));
            return findings;
        }
        if (queue.isEmpty()) {
            return List.of(noQueue("queue policy"));
        }
        if (!queue.get().arn().equals(arn)) {
            return List.of(
                    Finding.unhealthy(
                            "queue",
                            "the bucket tells " + arn + ", not " + queue.get().arn(),
                            "Let the bucket tell Caracal's queue or a topic that does: caracal source"
                                    + " template "
                                    + source.id()
                                    + " --bucket"));
        }
        String bucketArn = "arn:" + arn.split(":", 3)[1] + ":s3:::" + source.bucket();
        return List.of(QueueCheck.run(clients, source, queue.get(), "s3.amazonaws.com", bucketArn));
    }

    private static Finding noQueue(String part) {
        return Finding.notChecked(part, "the queue is not known; name it with --config");
    }

    @Override
    public void close() {
        clients.close();
    }
}
