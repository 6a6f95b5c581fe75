package dev.caracal.cli.source.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.cli.cloudformation.Statement;
import dev.caracal.job.source.LogSource;
import java.util.List;

/**
 * The topic that a bucket, or CloudTrail, tells of new objects, and that tells Caracal's queue. It
 * lies in the account and region of the bucket.
 */
public final class NotificationTopic {

    /** The topic's usual name. */
    public static final String NAME = "caracal-notifications-topic";

    private static final String ACCOUNT_ID_HINT =
            "The 12-digit AWS account ID where Caracal is deployed";
    private static final String REGION_HINT = "The region where Caracal is deployed";
    private static final String TOPIC_HINT = "The name of the SNS topic receiving the notification";
    private static final String QUEUE_HINT = "The name of Caracal's queue";
    private static final String QUEUE_ARN =
            "arn:${AWS::Partition}:sqs:${CaracalRegion}:${MasterAccountId}:${QueueName}";

    private final LogSource source;
    private final SecurityAccount caracal;

    public NotificationTopic(LogSource source, SecurityAccount caracal) {
        this.source = source;
        this.caracal = caracal;
    }

    ObjectNode policy() {
        List<String> ownAccount = List.of("${AWS::AccountId}");
        return Statement.document(
                List.of(
                        Statement.allow("BucketMayPublish")
                                .principal("Service", "s3.amazonaws.com")
                                .actions("sns:Publish")
                                .resource("${Topic}")
                                .condition("StringEquals", "aws:SourceAccount", ownAccount)
                                .condition(
                                        "ArnLike",
                                        "aws:SourceArn",
                                        List.of("arn:${AWS::Partition}:s3:::" + source.bucket())),
                        Statement.allow("CloudTrailMayPublish")
                                .principal("Service", "cloudtrail.amazonaws.com")
                                .actions("sns:Publish")
                                .resource("${Topic}")
                                .condition("StringEquals", "aws:SourceAccount", ownAccount)
                                .condition(
                                        "ArnLike",
                                        "aws:SourceArn",
                                        List.of(
                                                "arn:${AWS::Partition}:cloudtrail:*:${AWS::AccountId}:trail/*")),
                        subscription(
                                "${Topic}", "arn:${AWS::Partition}:iam::${MasterAccountId}:root"),
                        Statement.onlyWithTls("sns:Publish", List.of("${Topic}"))));
    }

    /** The policy of a topic that is there. */
    public static String policy(LogSource source, String topicArn, String masterAccountId) {
        String[] arn = topicArn.split(":", 6);
        return new NotificationTopic(
                        source,
                        new SecurityAccount(masterAccountId, arn[3], SecurityAccount.QUEUE_NAME))
                .policy()
                .toString()
                .replace("${Topic}", topicArn)
                .replace("${AWS::Partition}", arn[1])
                .replace("${AWS::AccountId}", arn[4])
                .replace("${MasterAccountId}", masterAccountId);
    }

    /** Subscribing, and seeing whether that worked. */
    static Statement subscription(String topicArn, String principal) {
        return Statement.allow("CrossAccountSubscription")
                .principal("AWS", principal)
                .actions("sns:Subscribe", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic")
                .resource(topicArn);
    }

    public CloudFormation cloudFormation() {
        ObjectNode topicPolicy = CloudFormation.properties();
        topicPolicy.putArray("Topics").add("${Topic}");
        topicPolicy.set("PolicyDocument", policy());
        return new CloudFormation("Tells Caracal of new objects in bucket " + source.bucket())
                .parameter("MasterAccountId", ACCOUNT_ID_HINT, "[0-9]{12}", caracal.accountId())
                .parameter("CaracalRegion", REGION_HINT, "[a-z0-9-]+", caracal.region())
                .parameter("SnsTopicName", TOPIC_HINT, "[A-Za-z0-9_-]{1,256}", NAME)
                .parameter("QueueName", QUEUE_HINT, "[A-Za-z0-9_-]{1,80}", caracal.queueName())
                .resource(
                        "Topic",
                        "AWS::SNS::Topic",
                        CloudFormation.properties().put("TopicName", "${SnsTopicName}"))
                .resource("TopicPolicy", "AWS::SNS::TopicPolicy", topicPolicy)
                .resource(
                        "Subscription",
                        "AWS::SNS::Subscription",
                        CloudFormation.properties()
                                .put("TopicArn", "${Topic}")
                                .put("Protocol", "sqs")
                                .put("Endpoint", QUEUE_ARN))
                .output(
                        "SnsTopicArn",
                        "The topic that the bucket's event notifications go to",
                        JsonNodeFactory.instance.textNode("${Topic}"));
    }

    public String terraform() {
        return Hcl.variable("master_account_id", ACCOUNT_ID_HINT, caracal.accountId())
                + Hcl.variable("caracal_region", REGION_HINT, caracal.region())
                + Hcl.variable("sns_topic_name", TOPIC_HINT, NAME)
                + Hcl.variable("queue_name", QUEUE_HINT, caracal.queueName())
                + """
                data "aws_partition" "current" {}

                data "aws_caller_identity" "current" {}

                resource "aws_sns_topic" "notifications" {
                  name = var.sns_topic_name
                }

                resource "aws_sns_topic_policy" "notifications" {
                  arn = aws_sns_topic.notifications.arn
                  policy = jsonencode(%s)
                }

                resource "aws_sns_topic_subscription" "caracal" {
                  topic_arn = aws_sns_topic.notifications.arn
                  protocol  = "sqs"
                  endpoint  = %s
                }

                output "sns_topic_arn" {
                  description = "The topic that the bucket's event notifications go to"
                  value       = aws_sns_topic.notifications.arn
                }
                """
                        .formatted(Hcl.value(policy(), 2), Hcl.string(QUEUE_ARN));
    }
}
