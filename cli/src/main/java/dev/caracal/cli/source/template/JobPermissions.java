package dev.caracal.cli.source.template;

import dev.caracal.cli.cloudformation.Statement;
import dev.caracal.cli.source.SourceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the job's role may do: what the job does, on what it does it to, and nothing else. */
public final class JobPermissions {

    private static final String[] CONSUME = {
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueueAttributes"
    };

    private final List<Statement> statements = new ArrayList<>();

    /** The roles of log sources, whatever their path. Each must let the account in itself. */
    public JobPermissions logProcessingRoles() {
        return add(
                Statement.allow("LogProcessingRoles")
                        .actions("sts:AssumeRole")
                        .resource("arn:${AWS::Partition}:iam::*:role/*LogProcessingRole-*"));
    }

    public JobPermissions notificationQueue(String arn) {
        return add(Statement.allow("Queue").actions(CONSUME).resource(arn));
    }

    /**
     * Queues whose messages are log records.
     *
     * @param queues beginning of an ARN, up to the name
     */
    public JobPermissions queuesOfLogSources(String queues) {
        return add(
                Statement.allow("QueuesOfLogSources")
                        .actions(CONSUME)
                        .resource(queues + SourceNames.QUEUE_PREFIX + '*'));
    }

    /**
     * @param prefix of all keys there; empty, or ends with a slash
     */
    public JobPermissions control(String bucketArn, String prefix) {
        String objects = bucketArn + '/' + prefix;
        return add(Statement.allow("ControlList").actions("s3:ListBucket").resource(bucketArn))
                .add(Statement.allow("ControlRead").actions("s3:GetObject").resource(objects + '*'))
                .add(
                        Statement.allow("ControlHealth")
                                .actions("s3:PutObject")
                                .resource(objects + "health/*"));
    }

    /**
     * Files are put, and looked for after a restart: S3 says of one that is missing that it is
     * missing to those only who may list.
     *
     * @param prefix of all keys there; empty, or ends with a slash
     */
    public JobPermissions output(String bucketArn, String prefix) {
        return add(Statement.allow("OutputList").actions("s3:ListBucket").resource(bucketArn))
                .add(
                        Statement.allow("Output")
                                .actions("s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject")
                                .resource(bucketArn + '/' + prefix + '*'));
    }

    /** Keys of encrypted queues, buckets, topics and secrets; none if there are none. */
    public JobPermissions keys(Collection<String> arns) {
        return addIfAny(arns, Statement.allow("Key").actions("kms:Decrypt", "kms:GenerateDataKey"));
    }

    /** Topics that alerts go to. */
    public JobPermissions alertTopics(Collection<String> arns) {
        return addIfAny(arns, Statement.allow("Alerts").actions("sns:Publish"));
    }

    /** Topics that the queue may be subscribed to, so that the job may confirm it. */
    public JobPermissions notificationTopics(Collection<String> arns) {
        return addIfAny(
                arns,
                Statement.allow("Subscriptions")
                        .actions(
                                "sns:ConfirmSubscription",
                                "sns:GetTopicAttributes",
                                "sns:ListSubscriptionsByTopic"));
    }

    /** A permission of one deployment. */
    public JobPermissions add(Statement statement) {
        statements.add(statement);
        return this;
    }

    /** As {@link #add}, if there is anything that it is for. */
    public JobPermissions addIfAny(Collection<String> arns, Statement statement) {
        return arns.isEmpty() ? this : add(statement.resources(List.copyOf(arns)));
    }

    public List<Statement> statements() {
        return List.copyOf(statements);
    }
}
