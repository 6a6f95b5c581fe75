package dev.caracal.cli.source.check;

import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.job.source.LogSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Whether the topic lets the bucket publish, and tells Caracal's queue. */
final class TopicCheck {

    private static final String PENDING = "PendingConfirmation";

    private final SnsClient sns;
    private final LogSource source;
    private final String topicArn;

    TopicCheck(SnsClient sns, LogSource source, String topicArn) {
        this.sns = sns;
        this.source = source;
        this.topicArn = topicArn;
    }

    Finding policy() {
        String part = "topic policy";
        String policy;
        try {
            policy =
                    sns.getTopicAttributes(request -> request.topicArn(topicArn))
                            .attributes()
                            .getOrDefault("Policy", "");
        } catch (SdkException e) {
            if (AwsFailure.hasCode(e, "NotFound", "NotFoundException")) {
                return Finding.unhealthy(
                        part,
                        "there is no topic " + topicArn,
                        e,
                        ManagedNotifications.remedy(
                                source,
                                "Deploy `caracal source template "
                                        + source.id()
                                        + " --notifications` in account "
                                        + source.accountId()
                                        + " and the bucket's region."));
            }
            return Finding.notChecked(part, unseen(e));
        }
        String bucketArn = "arn:" + topicArn.split(":", 3)[1] + ":s3:::" + source.bucket();
        boolean allowed =
                new AccessPolicy(policy)
                        .allows("s3.amazonaws.com", "sns:Publish", bucketArn, source.accountId());
        return allowed
                ? Finding.healthy(part, "the bucket may publish to " + topicArn)
                : Finding.unhealthy(
                        part,
                        topicArn + " does not let the bucket publish",
                        ManagedNotifications.remedy(
                                source,
                                "Add the statement BucketMayPublish of `caracal source template "
                                        + source.id()
                                        + " --notifications` to the topic's access policy."));
    }

    Finding subscription(NotificationQueue queue) {
        String part = "subscription";
        List<Subscription> subscriptions;
        try {
            subscriptions =
                    sns
                            .listSubscriptionsByTopicPaginator(
                                    request -> request.topicArn(topicArn))
                            .subscriptions()
                            .stream()
                            .toList();
        } catch (SdkException e) {
            return ownSubscription(part, queue, e);
        }
        Optional<Subscription> ours =
                subscriptions.stream()
                        .filter(one -> queue.arn().equals(one.endpoint()))
                        .findFirst();
        if (ours.isPresent()) {
            return confirmed(part, ours.get(), queue);
        }
        List<String> others =
                subscriptions.stream()
                        .map(Subscription::endpoint)
                        .filter(endpoint -> endpoint.endsWith(':' + queue.name()))
                        .toList();
        return Finding.unhealthy(
                part,
                queue.arn()
                        + " does not subscribe to "
                        + topicArn
                        + (others.isEmpty() ? "" : "; instead there is " + others),
                ManagedNotifications.remedy(
                        source,
                        others.isEmpty()
                                ? "Deploy `caracal source template "
                                        + source.id()
                                        + " --notifications`, or subscribe: "
                                        + subscribe(queue)
                                : "Deploy `caracal source template "
                                        + source.id()
                                        + " --notifications` with MasterAccountId="
                                        + queue.accountId()
                                        + " and CaracalRegion="
                                        + queue.region()
                                        + '.'));
    }

    private Finding confirmed(String part, Subscription ours, NotificationQueue queue) {
        return PENDING.equals(ours.subscriptionArn())
                ? Finding.unhealthy(
                        part,
                        queue.arn() + " has not confirmed it",
                        "The job confirms it while it runs, if the log source was saved before."
                                + " Start the job. "
                                + ManagedNotifications.remedy(
                                        source, "Subscribe once more: " + subscribe(queue)))
                : Finding.healthy(part, queue.arn() + " gets what " + topicArn + " is told");
    }

    /** Those that our own account asked for can be seen without the topic's leave. */
    private Finding ownSubscription(String part, NotificationQueue queue, SdkException refusal) {
        try {
            return sns.listSubscriptionsPaginator().subscriptions().stream()
                    .filter(one -> topicArn.equals(one.topicArn()))
                    .filter(one -> queue.arn().equals(one.endpoint()))
                    .findFirst()
                    .map(one -> confirmed(part, one, queue))
                    .orElseGet(() -> Finding.notChecked(part, unseen(refusal)));
        } catch (SdkException e) {
            return Finding.notChecked(part, unseen(refusal));
        }
    }

    private String subscribe(NotificationQueue queue) {
        return "aws sns subscribe --region "
                + topicArn.split(":", 5)[3]
                + " --protocol sqs --topic-arn "
                + topicArn
                + " --notification-endpoint "
                + queue.arn();
    }

    private String unseen(SdkException refusal) {
        return "the topic does not let this account look; `caracal source template "
                + source.id()
                + " --existing-topic "
                + topicArn
                + "` has the statement that does: "
                + AwsFailure.text(refusal);
    }
}
