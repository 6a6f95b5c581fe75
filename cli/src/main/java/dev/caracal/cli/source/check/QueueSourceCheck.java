package dev.caracal.cli.source.check;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.job.source.QueueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Looks at the queue of a log source whose messages are log records. */
public final class QueueSourceCheck {

    private static final String QUEUE = "queue";

    private QueueSourceCheck() {}

    public static List<Finding> check(AwsSettings aws, QueueSource source) {
        try (CheckClients clients = new CheckClients(aws);
                SqsClient sqs = clients.sqs()) {
            Map<QueueAttributeName, String> attributes =
                    sqs.getQueueAttributes(
                                    request ->
                                            request.queueUrl(source.queueUrl())
                                                    .attributeNames(QueueAttributeName.ALL))
                            .attributes();
            List<Finding> findings = new ArrayList<>();
            findings.add(
                    Finding.healthy(
                            QUEUE,
                            source.queueUrl()
                                    + ", "
                                    + attributes.get(
                                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                                    + " messages wait"));
            String policy = attributes.getOrDefault(QueueAttributeName.POLICY, "");
            for (String arn : source.allowedSourceArns()) {
                findings.add(senders(clients, source, policy, arn));
            }
            return findings;
        } catch (SdkException e) {
            return List.of(unreachable(source, e));
        }
    }

    private static Finding senders(
            CheckClients clients, QueueSource source, String policy, String arn) {
        String part = "queue policy";
        if (policy.isEmpty() && clients.hasOwnSqs()) {
            return Finding.notChecked(part, "this server of SQS keeps no policies");
        }
        String[] parts = arn.split(":", 6);
        return new AccessPolicy(policy)
                        .allows(parts[2] + ".amazonaws.com", "sqs:SendMessage", arn, parts[4])
                ? Finding.healthy(part, arn + " is let in")
                : Finding.unhealthy(
                        part,
                        source.queueUrl() + " does not let in " + arn,
                        "Deploy `caracal source template " + source.id() + "` anew.");
    }

    private static Finding unreachable(QueueSource source, SdkException e) {
        boolean denied = AwsFailure.isAccessDenied(e);
        return Finding.unhealthy(
                QUEUE,
                source.queueUrl() + (denied ? " may not be looked at" : " cannot be reached"),
                e,
                denied
                        ? "Let your credentials and the job's role sqs:GetQueueAttributes,"
                                + " sqs:ReceiveMessage, sqs:DeleteMessage and"
                                + " sqs:ChangeMessageVisibility on it: caracal source template"
                                + " --security-account allows that for queues named"
                                + " caracal-source-…"
                        : "Deploy `caracal source template "
                                + source.id()
                                + "` in the account where Caracal runs, or correct --queue-url.");
    }
}
