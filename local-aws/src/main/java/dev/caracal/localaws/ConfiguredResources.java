package dev.caracal.localaws;

import dev.caracal.localaws.identity.Credential.AccountKey;
import dev.caracal.localaws.identity.Identities;
import dev.caracal.localaws.identity.Role;
import dev.caracal.localaws.s3.NotificationRule;
import dev.caracal.localaws.s3.S3Server;
import dev.caracal.localaws.sns.Sns;
import dev.caracal.localaws.sqs.SqsClient;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Turns a configuration into what it names; what is there already stays. */
final class ConfiguredResources {
    private ConfiguredResources() {}

    /**
     * Queues come before topics and topics before buckets, as the later ones refer to the earlier.
     */
    static void create(LocalAwsConfig config, SqsClient queues, Sns sns, S3Server s3)
            throws IOException {
        if (config.sqs() != null) {
            createQueues(config.sqs(), queues);
        }
        config.accounts().forEach(account -> createTopics(account, sns));
        config.accounts().forEach(account -> createBuckets(account, s3));
    }

    static Identities identities(LocalAwsConfig config, InstantSource clock) {
        List<AccountKey> keys =
                config.accounts().stream()
                        .flatMap(
                                account ->
                                        account.accessKeys().stream()
                                                .map(
                                                        key ->
                                                                new AccountKey(
                                                                        key.id(),
                                                                        key.secret(),
                                                                        account.id())))
                        .toList();
        List<Role> roles =
                config.accounts().stream()
                        .flatMap(
                                account ->
                                        account.roles().stream()
                                                .map(role -> role(account.id(), role)))
                        .toList();
        return new Identities(keys, roles, clock);
    }

    private static Role role(String account, LocalAwsConfig.Role role) {
        return new Role(
                account,
                role.name(),
                role.trusts(),
                role.externalId(),
                role.maxSessionSeconds() == null ? 3600 : role.maxSessionSeconds(),
                role.grants().stream()
                        .map(
                                grant ->
                                        new Role.Grant(
                                                grant.bucket(),
                                                grant.prefixes(),
                                                grant.access().equals("read-write"),
                                                grant.notifications()))
                        .toList(),
                role.topics());
    }

    private static void createQueues(LocalAwsConfig.Sqs queues, SqsClient client)
            throws IOException {
        for (LocalAwsConfig.Queue queue : queues.queues()) {
            try {
                client.create(queue.name(), queue.attributes());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while queue " + queue.name() + " was made", e);
            }
        }
    }

    private static void createTopics(LocalAwsConfig.Account account, Sns sns) {
        for (LocalAwsConfig.Topic topic : account.topics()) {
            String arn =
                    sns.ensureTopic(
                            account.id(), topic.region(), topic.name(), topic.subscribers());
            for (LocalAwsConfig.TopicSubscription one : topic.subscriptions()) {
                sns.ensureSubscription(
                        arn,
                        one.by() == null ? account.id() : one.by(),
                        one.protocol(),
                        one.endpoint(),
                        one.attributes());
            }
        }
    }

    private static void createBuckets(LocalAwsConfig.Account account, S3Server s3) {
        for (LocalAwsConfig.Bucket bucket : account.buckets()) {
            s3.ensureBucket(bucket.name(), account.id(), bucket.region(), bucket.versioned());
            if (!bucket.notifications().isEmpty()) {
                s3.ensureNotifications(
                        bucket.name(),
                        bucket.notifications().stream()
                                .map(
                                        one ->
                                                new NotificationRule(
                                                        one.id(),
                                                        one.destination(),
                                                        one.events(),
                                                        one.prefix(),
                                                        one.suffix()))
                                .toList());
            }
        }
    }
}
