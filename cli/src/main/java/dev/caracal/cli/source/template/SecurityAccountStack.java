package dev.caracal.cli.source.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.cli.cloudformation.Statement;
import dev.caracal.job.source.LogSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Our side: the queue that lets in the onboarded accounts' topics and nothing else, its dead-letter
 * queue, the key of both, the buckets for control files and output, the topic of alerts, and the
 * job's role.
 */
public final class SecurityAccountStack {

    private static final int RETENTION_SECONDS = 14 * 24 * 3600;

    /** Each restart of the job counts as a receipt. */
    private static final int MAX_RECEIVE_COUNT = 10;

    private static final String KEY_ARN = "${Key.Arn}";

    private final List<String> accountIds;

    /**
     * @param sources the onboarded ones; the queue's policy names their accounts
     */
    public SecurityAccountStack(Collection<LogSource> sources) {
        accountIds = sources.stream().map(LogSource::accountId).distinct().sorted().toList();
    }

    private List<String> topics() {
        return accountIds.stream()
                .map(account -> "arn:${AWS::Partition}:sns:*:" + account + ":*")
                .toList();
    }

    public CloudFormation cloudFormation() {
        CloudFormation template =
                new CloudFormation("Caracal's own queue, buckets, key, alert topic and role")
                        .parameter(
                                "QueueName",
                                "The name of Caracal's queue",
                                "[A-Za-z0-9_-]{1,72}",
                                SecurityAccount.QUEUE_NAME)
                        .parameter(
                                "AlertTopicName",
                                "The name of the topic of alerts",
                                "[A-Za-z0-9_-]{1,256}",
                                "caracal-alerts")
                        .parameter(
                                "JobRoleName",
                                "The name of the job's role",
                                "[A-Za-z0-9_+=,.@-]{1,64}",
                                "CaracalJob")
                        .parameter(
                                "JobService",
                                "The AWS service that runs the job",
                                "",
                                "kinesisanalytics.amazonaws.com");
        addKey(template);
        addQueues(template);
        addBucket(template, "ControlBucket", "caracal-control");
        addBucket(template, "OutputBucket", "caracal-output");
        template.resource(
                "AlertTopic",
                "AWS::SNS::Topic",
                CloudFormation.properties()
                        .put("TopicName", "${AlertTopicName}")
                        .put("KmsMasterKeyId", "${Key}"));
        template.resource("JobRole", "AWS::IAM::Role", jobRole());
        return template.output("QueueUrl", "sqs.queue-url", text("${Queue}"))
                .output("ControlLocation", "control.location", text("s3://${ControlBucket}"))
                .output("OutputLocation", "output.location", text("s3://${OutputBucket}"))
                .output("AlertTopicArn", "sns.topic-arn", text("${AlertTopic}"))
                .output("JobRoleArn", "The job's role", text("${JobRole.Arn}"));
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    /** In a key's policy the resource * is the key itself: its ARN is not known yet. */
    private void addKey(CloudFormation template) {
        List<Statement> statements = new ArrayList<>();
        statements.add(
                Statement.allow("Administration")
                        .principal("AWS", "arn:${AWS::Partition}:iam::${AWS::AccountId}:root")
                        .actions("kms:*")
                        .resource("*"));
        if (!accountIds.isEmpty()) {
            statements.add(
                    Statement.allow("TopicsOfOnboardedAccounts")
                            .principal("Service", "sns.amazonaws.com")
                            .actions("kms:Decrypt", "kms:GenerateDataKey")
                            .resource("*")
                            .condition("ArnLike", "aws:SourceArn", topics()));
        }
        ObjectNode key =
                CloudFormation.properties()
                        .put("Description", "Caracal's queues, buckets and alert topic")
                        .put("EnableKeyRotation", true);
        key.set("KeyPolicy", Statement.document(statements));
        template.lastingResource("Key", "AWS::KMS::Key", key);
    }

    private void addQueues(CloudFormation template) {
        ObjectNode deadLetters = queue("${QueueName}-dead-letters");
        ObjectNode queue = queue("${QueueName}");
        queue.putObject("RedrivePolicy")
                .put("maxReceiveCount", MAX_RECEIVE_COUNT)
                .set("deadLetterTargetArn", text("${DeadLetterQueue.Arn}"));
        template.resource("DeadLetterQueue", "AWS::SQS::Queue", deadLetters);
        template.resource("Queue", "AWS::SQS::Queue", queue);
        List<Statement> statements = new ArrayList<>();
        if (!accountIds.isEmpty()) {
            statements.add(
                    Statement.allow("TopicsOfOnboardedAccounts")
                            .principal("Service", "sns.amazonaws.com")
                            .actions("sqs:SendMessage")
                            .resource("${Queue.Arn}")
                            .condition("ArnLike", "aws:SourceArn", topics()));
        }
        statements.add(Statement.onlyWithTls("sqs:*", List.of("${Queue.Arn}")));
        ObjectNode policy = CloudFormation.properties();
        policy.putArray("Queues").add("${Queue}");
        policy.set("PolicyDocument", Statement.document(statements));
        template.resource("QueuePolicy", "AWS::SQS::QueuePolicy", policy);
    }

    private static ObjectNode queue(String name) {
        return CloudFormation.properties()
                .put("QueueName", name)
                .put("MessageRetentionPeriod", RETENTION_SECONDS)
                .put("KmsMasterKeyId", "${Key}");
    }

    private static void addBucket(CloudFormation template, String resource, String name) {
        ObjectNode bucket =
                CloudFormation.properties()
                        .put("BucketName", name + "-${AWS::AccountId}-${AWS::Region}");
        bucket.putObject("BucketEncryption")
                .putArray("ServerSideEncryptionConfiguration")
                .addObject()
                .put("BucketKeyEnabled", true)
                .putObject("ServerSideEncryptionByDefault")
                .put("SSEAlgorithm", "aws:kms")
                .put("KMSMasterKeyID", KEY_ARN);
        bucket.putObject("VersioningConfiguration").put("Status", "Enabled");
        bucket.putObject("PublicAccessBlockConfiguration")
                .put("BlockPublicAcls", true)
                .put("BlockPublicPolicy", true)
                .put("IgnorePublicAcls", true)
                .put("RestrictPublicBuckets", true);
        bucket.putObject("OwnershipControls")
                .putArray("Rules")
                .addObject()
                .put("ObjectOwnership", "BucketOwnerEnforced");
        template.lastingResource(resource, "AWS::S3::Bucket", bucket);
        ObjectNode policy = CloudFormation.properties().put("Bucket", "${" + resource + '}');
        policy.set(
                "PolicyDocument",
                Statement.document(
                        List.of(
                                Statement.onlyWithTls(
                                        "s3:*",
                                        List.of(
                                                "${" + resource + ".Arn}",
                                                "${" + resource + ".Arn}/*")))));
        template.resource(resource + "Policy", "AWS::S3::BucketPolicy", policy);
    }

    private ObjectNode jobRole() {
        ObjectNode role =
                CloudFormation.properties()
                        .put("RoleName", "${JobRoleName}")
                        .put("Description", "Caracal's job");
        role.set(
                "AssumeRolePolicyDocument",
                Statement.document(
                        List.of(
                                Statement.allow("JobService")
                                        .principal("Service", "${JobService}")
                                        .actions("sts:AssumeRole")
                                        // EC2 does not say for whom it assumes a role.
                                        .condition(
                                                "StringEqualsIfExists",
                                                "aws:SourceAccount",
                                                List.of("${AWS::AccountId}")))));
        role.putArray("Policies")
                .addObject()
                .put("PolicyName", "Job")
                .set("PolicyDocument", Statement.document(jobStatements()));
        return role;
    }

    private List<Statement> jobStatements() {
        return new JobPermissions()
                .notificationQueue("${Queue.Arn}")
                .queuesOfLogSources("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:")
                .logProcessingRoles()
                .control("${ControlBucket.Arn}", "")
                .output("${OutputBucket.Arn}", "")
                .keys(List.of(KEY_ARN))
                .alertTopics(List.of("${AlertTopic}"))
                .notificationTopics(topics())
                .statements();
    }
}
