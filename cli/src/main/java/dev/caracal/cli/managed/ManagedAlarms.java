package dev.caracal.cli.managed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import org.jspecify.annotations.Nullable;

/**
 * What CloudWatch watches of the job: from SQS whether it keeps up, from the service whether it
 * runs, and its own count of dead letters.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html">Metrics
 *     and dimensions</a>
 */
final class ManagedAlarms {

    private static final String SERVICE = "AWS/KinesisAnalytics";
    private static final String QUEUES = "AWS/SQS";
    private static final int PERIOD_SECONDS = 60;

    private final @Nullable String topicArn;

    /**
     * @param topicArn who is told; nobody if null
     */
    ManagedAlarms(@Nullable String topicArn) {
        this.topicArn = topicArn;
    }

    void addTo(CloudFormation template, String queueName) {
        template.parameter(
                        "DeadLetterQueueName",
                        "The queue that messages go to which cannot be handled",
                        "[A-Za-z0-9_-]{1,80}",
                        queueName + "-dead-letters")
                .number(
                        "NotificationLagSeconds",
                        "Age of the oldest message from which on there is an alarm",
                        60,
                        1_209_600,
                        900)
                .number(
                        "QueuedMessages",
                        "Waiting messages from which on there is an alarm",
                        1,
                        1_000_000_000,
                        100_000);
        add(
                template,
                "NotificationLag",
                "The oldest message has not been handled for long: the job does not keep up, or"
                        + " does not run",
                queue("ApproximateAgeOfOldestMessage", queueName)
                        .put("ComparisonOperator", "GreaterThanThreshold")
                        .put("Threshold", "${NotificationLagSeconds}")
                        .put("EvaluationPeriods", 5));
        add(
                template,
                "QueueDepth",
                "Many messages wait: more logs arrive than the job reads",
                queue("ApproximateNumberOfMessagesVisible", queueName)
                        .put("ComparisonOperator", "GreaterThanThreshold")
                        .put("Threshold", "${QueuedMessages}")
                        .put("EvaluationPeriods", 15));
        add(
                template,
                "UndeliverableMessages",
                "Messages were received again and again without being handled",
                aboveZero(
                        queue("ApproximateNumberOfMessagesVisible", "${DeadLetterQueueName}"), 1));
        add(
                template,
                "Restarts",
                "The job has been restarted after a failure",
                aboveZero(increase("numRestarts"), 1));
        add(
                template,
                "FailedCheckpoints",
                "Checkpoints fail: files do not become visible, messages are not deleted",
                aboveZero(increase("numberOfFailedCheckpoints"), 3));
        add(
                template,
                "DeadLetters",
                "Something could not be read, parsed, judged or delivered; see dead-letters/ in the"
                        + " output location",
                aboveZero(
                        metric(
                                SERVICE,
                                "deadLettersPerSecond",
                                "Application",
                                "${ApplicationName}"),
                        1));
    }

    private void add(
            CloudFormation template, String name, String description, ObjectNode condition) {
        ObjectNode alarm =
                CloudFormation.properties()
                        .put("AlarmName", "${ApplicationName}-" + name)
                        .put("AlarmDescription", description)
                        .put("TreatMissingData", "notBreaching");
        alarm.setAll(condition);
        if (topicArn != null) {
            alarm.putArray("AlarmActions").add(topicArn);
            alarm.putArray("OKActions").add(topicArn);
        }
        template.resource(name + "Alarm", "AWS::CloudWatch::Alarm", alarm);
    }

    private static ObjectNode queue(String metric, String queueName) {
        return metric(QUEUES, metric, "QueueName", queueName);
    }

    private static ObjectNode metric(
            String namespace, String metric, String dimension, String value) {
        ObjectNode condition = named(namespace, metric, dimension, value);
        return condition.put("Period", PERIOD_SECONDS).put("Statistic", "Maximum");
    }

    private static ObjectNode named(
            String namespace, String metric, String dimension, String value) {
        ObjectNode named =
                CloudFormation.properties().put("Namespace", namespace).put("MetricName", metric);
        named.putArray("Dimensions").addObject().put("Name", dimension).put("Value", value);
        return named;
    }

    /** By how much a metric has grown that counts from the job's start. */
    private static ObjectNode increase(String metric) {
        ObjectNode condition = CloudFormation.properties();
        ArrayNode queries = condition.putArray("Metrics");
        queries.addObject()
                .put("Id", "increase")
                .put("Expression", "DIFF(total)")
                .put("Label", "Increase of " + metric);
        ObjectNode total = queries.addObject().put("Id", "total").put("ReturnData", false);
        total.putObject("MetricStat")
                .put("Period", PERIOD_SECONDS)
                .put("Stat", "Maximum")
                .set("Metric", named(SERVICE, metric, "Application", "${ApplicationName}"));
        return condition;
    }

    private static ObjectNode aboveZero(ObjectNode condition, int periods) {
        return condition
                .put("ComparisonOperator", "GreaterThanThreshold")
                .put("Threshold", 0)
                .put("EvaluationPeriods", periods);
    }
}
