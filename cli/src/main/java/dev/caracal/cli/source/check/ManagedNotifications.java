package dev.caracal.cli.source.check;

import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.cli.source.SourceNames;
import dev.caracal.cli.source.template.NotificationTopic;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.job.source.LogSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Sets up a bucket's notifications through the log processing role, and takes them down again: a
 * topic of the bucket's own, Caracal's queue as its subscriber, and one configuration of the bucket
 * for each prefix that no other covers. What others configured at the bucket stays.
 */
public final class ManagedNotifications implements AutoCloseable {

    /** Beginning of the ids of the configurations that are ours. */
    private static final String ID_PREFIX = "caracal-managed-";

    private final CheckClients clients;
    private final NotificationQueue queue;

    public ManagedNotifications(AwsSettings aws, NotificationQueue queue) {
        this.clients = new CheckClients(aws);
        this.queue = queue;
    }

    /**
     * Makes the bucket's notifications those of its managed log sources; without any, takes them
     * down.
     *
     * @param source whose role, bucket and account it is
     * @param managed all log sources of the bucket with managed notifications
     * @return what was done, for people
     * @throws SdkException if AWS refuses
     */
    public String apply(LogSource source, List<LogSource> managed) {
        AwsCredentialsProvider role = role(source);
        try (S3Client s3 = clients.s3(role)) {
            String region = region(s3, source);
            try (SnsClient sns = clients.sns(region, role)) {
                if (managed.isEmpty()) {
                    configure(s3, source, List.of());
                    String topicArn = topicArn(source, region);
                    sns.deleteTopic(request -> request.topicArn(topicArn));
                    return "Took down the bucket's notifications and " + topicArn;
                }
                String topicArn = topic(sns, source);
                List<TopicConfiguration> ours = configurations(topicArn, managed);
                configure(s3, source, ours);
                return "The bucket tells " + topicArn + ", and that tells " + queue.arn();
            }
        }
    }

    /**
     * How to set up a log source's notifications: by ourselves where we may, else by hand.
     *
     * @param byHand what a person has to do, a sentence
     */
    static String remedy(LogSource source, String byHand) {
        return source.managedNotifications()
                ? "Have them set up anew: caracal source update "
                        + source.id()
                        + " --managed-notifications"
                : byHand;
    }

    private AwsCredentialsProvider role(LogSource source) {
        if (source.roleArn().isEmpty()) {
            return clients.own();
        }
        try (StsClient sts = clients.sts()) {
            return RoleCheck.assume(sts, source, source.externalId());
        }
    }

    private static String region(S3Client s3, LogSource source) {
        String constraint =
                s3.getBucketLocation(
                                request ->
                                        request.bucket(source.bucket())
                                                .expectedBucketOwner(source.accountId()))
                        .locationConstraintAsString();
        if (constraint == null || constraint.isEmpty()) {
            return "us-east-1";
        }
        // What S3 calls Ireland since its beginnings.
        return constraint.equals("EU") ? "eu-west-1" : constraint;
    }

    private String topicArn(LogSource source, String region) {
        return "arn:"
                + queue.arn().split(":", 3)[1]
                + ":sns:"
                + region
                + ':'
                + source.accountId()
                + ':'
                + SourceNames.managedTopic(source.bucket());
    }

    /** The topic may be there already; its policy is written anew, and a subscription stays. */
    private String topic(SnsClient sns, LogSource source) {
        String arn =
                sns.createTopic(request -> request.name(SourceNames.managedTopic(source.bucket())))
                        .topicArn();
        sns.setTopicAttributes(
                request ->
                        request.topicArn(arn)
                                .attributeName("Policy")
                                .attributeValue(
                                        NotificationTopic.policy(source, arn, queue.accountId())));
        sns.subscribe(request -> request.topicArn(arn).protocol("sqs").endpoint(queue.arn()));
        return arn;
    }

    private static List<TopicConfiguration> configurations(
            String topicArn, List<LogSource> managed) {
        List<TopicConfiguration> configurations = new ArrayList<>();
        for (String prefix : reduced(managed)) {
            configurations.add(
                    TopicConfiguration.builder()
                            .id(ID_PREFIX + (configurations.size() + 1))
                            .topicArn(topicArn)
                            .events(Event.S3_OBJECT_CREATED)
                            .filter(
                                    filter ->
                                            filter.key(
                                                    key ->
                                                            key.filterRules(
                                                                    rule ->
                                                                            rule.name(
                                                                                            FilterRuleName
                                                                                                    .PREFIX)
                                                                                    .value(
                                                                                            prefix))))
                            .build());
        }
        return configurations;
    }

    /** S3 refuses configurations whose prefixes overlap. */
    private static List<String> reduced(List<LogSource> managed) {
        List<String> reduced = new ArrayList<>();
        TreeSet<String> sorted = new TreeSet<>();
        managed.forEach(source -> sorted.addAll(source.reducedPrefixes()));
        for (String prefix : sorted) {
            if (reduced.stream().noneMatch(prefix::startsWith)) {
                reduced.add(prefix);
            }
        }
        return reduced;
    }

    /** Replaces our part of the bucket's configuration. */
    private static void configure(S3Client s3, LogSource source, List<TopicConfiguration> ours) {
        GetBucketNotificationConfigurationResponse before =
                s3.getBucketNotificationConfiguration(
                        request ->
                                request.bucket(source.bucket())
                                        .expectedBucketOwner(source.accountId()));
        List<TopicConfiguration> topics = new ArrayList<>();
        for (TopicConfiguration topic : before.topicConfigurations()) {
            if (topic.id() == null || !topic.id().startsWith(ID_PREFIX)) {
                topics.add(topic);
            }
        }
        topics.addAll(ours);
        s3.putBucketNotificationConfiguration(
                request ->
                        request.bucket(source.bucket())
                                .expectedBucketOwner(source.accountId())
                                .notificationConfiguration(
                                        configuration ->
                                                configuration
                                                        .topicConfigurations(topics)
                                                        .queueConfigurations(
                                                                before.queueConfigurations())
                                                        .lambdaFunctionConfigurations(
                                                                before
                                                                        .lambdaFunctionConfigurations())
                                                        .eventBridgeConfiguration(
                                                                before
                                                                        .eventBridgeConfiguration())));
    }

    @Override
    public void close() {
        clients.close();
    }
}
