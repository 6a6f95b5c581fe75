package dev.caracal.cli.source.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.job.source.LogSource;

/**
 * What the bucket needs so that it tells the topic of new objects: one configuration for each
 * prefix that no other one covers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html">Filtering
 *     by object key name</a>
 */
public final class BucketNotification {

    private static final String ID = "CaracalEventNotifications";
    private static final String EVENT = "s3:ObjectCreated:*";

    private final LogSource source;

    public BucketNotification(LogSource source) {
        this.source = source;
    }

    /** Of the bucket; it belongs into the template that has the bucket. */
    public CloudFormation cloudFormation() {
        ObjectNode bucket = CloudFormation.properties().put("BucketName", source.bucket());
        ArrayNode topics =
                bucket.putObject("NotificationConfiguration").putArray("TopicConfigurations");
        for (String prefix : source.reducedPrefixes()) {
            ObjectNode topic =
                    topics.addObject()
                            .put(
                                    "Topic",
                                    "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:"
                                            + NotificationTopic.NAME)
                            .put("Event", EVENT);
            if (!prefix.isEmpty()) {
                topic.putObject("Filter")
                        .putObject("S3Key")
                        .putArray("Rules")
                        .addObject()
                        .put("Name", "prefix")
                        .put("Value", prefix);
            }
        }
        return new CloudFormation("Bucket " + source.bucket() + " tells Caracal of new objects")
                .resource("LogBucket", "AWS::S3::Bucket", bucket);
    }

    public String terraform() {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                data "aws_sns_topic" "notifications" {
                  name = "%s"
                }

                # Terraform knows one such resource for a bucket: add to the one that you have.
                resource "aws_s3_bucket_notification" "logs" {
                  bucket = "%s"
                """
                        .formatted(NotificationTopic.NAME, source.bucket()));
        for (String prefix : source.reducedPrefixes()) {
            text.append("\n  topic {\n    topic_arn = data.aws_sns_topic.notifications.arn\n");
            text.append("    events    = [\"").append(EVENT).append("\"]\n");
            if (!prefix.isEmpty()) {
                text.append("\n    filter_prefix = ").append(Hcl.string(prefix)).append('\n');
            }
            text.append("  }\n");
        }
        return text.append("}\n").toString();
    }

    /** Commands of the AWS CLI. */
    public String commands() {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        ArrayNode topics = configuration.putArray("TopicConfigurations");
        int number = 1;
        for (String prefix : source.reducedPrefixes()) {
            ObjectNode topic = topics.addObject();
            topic.put("Id", number == 1 ? ID : ID + number).put("TopicArn", "$TOPIC_ARN");
            topic.putArray("Events").add(EVENT);
            if (!prefix.isEmpty()) {
                topic.putObject("Filter")
                        .putObject("Key")
                        .putArray("FilterRules")
                        .addObject()
                        .put("Name", "prefix")
                        .put("Value", prefix);
            }
            number++;
        }
        return """
        # TOPIC_ARN is the output SnsTopicArn of the notifications' stack.
        # This replaces all notifications of the bucket; those that it has now:
        aws s3api get-bucket-notification-configuration --bucket %s
        aws s3api put-bucket-notification-configuration --bucket %s \\
            --notification-configuration "$(cat <<END
        %sEND
        )"
        """
                .formatted(
                        source.bucket(),
                        source.bucket(),
                        forShell(CloudFormation.json(configuration)));
    }

    /** In a here-document the shell would take these for its own; the topic's variable is meant. */
    private static String forShell(String text) {
        return text.replace("\\", "\\\\")
                .replace("`", "\\`")
                .replace("$", "\\$")
                .replace("\\$TOPIC_ARN", "$TOPIC_ARN");
    }
}
