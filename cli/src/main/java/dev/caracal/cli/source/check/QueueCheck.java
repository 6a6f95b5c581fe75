package dev.caracal.cli.source.check;

import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.job.source.LogSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whether Caracal's queue lets in who announces the objects. */
final class QueueCheck {

    private static final String PART = "queue policy";

    private QueueCheck() {}

    /**
     * @param service that sends: SNS or S3
     * @param senderArn the topic or bucket that it acts for
     */
    static Finding run(
            CheckClients clients,
            LogSource source,
            NotificationQueue queue,
            String service,
            String senderArn) {
        String policy;
        try (SqsClient sqs = clients.sqs()) {
            policy =
                    sqs.getQueueAttributes(
                                    request ->
                                            request.queueUrl(queue.url())
                                                    .attributeNames(QueueAttributeName.POLICY))
                            .attributes()
                            .getOrDefault(QueueAttributeName.POLICY, "");
        } catch (SdkException e) {
            return AwsFailure.isAccessDenied(e)
                    ? Finding.notChecked(
                            PART,
                            "sqs:GetQueueAttributes is not allowed to you: " + AwsFailure.text(e))
                    : Finding.unhealthy(
                            PART,
                            queue.url() + " cannot be reached",
                            e,
                            "Let sqs.queue-url of --config name the queue of `caracal source"
                                    + " template --security-account`.");
        }
        if (policy.isEmpty() && clients.hasOwnSqs()) {
            return Finding.notChecked(PART, "this server of SQS keeps no policies");
        }
        boolean allowed =
                new AccessPolicy(policy)
                        .allows(service, "sqs:SendMessage", senderArn, source.accountId());
        return allowed
                ? Finding.healthy(PART, senderArn + " is let in")
                : Finding.unhealthy(
                        PART,
                        queue.arn() + " does not let in " + senderArn,
                        "Deploy `caracal source template --security-account` anew: its queue policy"
                                + " names the accounts of all log sources.");
    }
}
