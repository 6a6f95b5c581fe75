package dev.caracal.cli.source.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.cli.cloudformation.Statement;
import dev.caracal.job.source.QueueSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The queue of a log source whose messages are log records, and its policy: who may send to it, and
 * nobody else. It belongs into the security account.
 */
public final class QueueStack {

    private static final int RETENTION_SECONDS = 14 * 24 * 3600;
    private static final String QUEUE_ARN = "${Queue.Arn}";

    private final QueueSource source;

    public QueueStack(QueueSource source) {
        this.source = source;
    }

    private ObjectNode policy(String queueArn) {
        List<Statement> statements = new ArrayList<>();
        for (String principal : source.allowedPrincipals()) {
            statements.add(
                    Statement.allow("Principal" + (statements.size() + 1))
                            .principal("AWS", principal)
                            .actions("sqs:SendMessage")
                            .resource(queueArn));
        }
        for (String arn : source.allowedSourceArns()) {
            statements.add(
                    Statement.allow("Source" + (statements.size() + 1))
                            .principal("Service", arn.split(":", 4)[2] + ".amazonaws.com")
                            .actions("sqs:SendMessage")
                            .resource(queueArn)
                            .condition("ArnLike", "aws:SourceArn", List.of(arn)));
        }
        statements.add(Statement.onlyWithTls("sqs:*", List.of(queueArn)));
        return Statement.document(statements);
    }

    public CloudFormation cloudFormation() {
        CloudFormation template =
                new CloudFormation("The queue of Caracal's log source " + source.id())
                        .resource(
                                "Queue",
                                "AWS::SQS::Queue",
                                CloudFormation.properties()
                                        .put("QueueName", source.queueName())
                                        .put("MessageRetentionPeriod", RETENTION_SECONDS)
                                        .put("SqsManagedSseEnabled", true));
        ObjectNode queuePolicy = CloudFormation.properties();
        queuePolicy.putArray("Queues").add("${Queue}");
        queuePolicy.set("PolicyDocument", policy(QUEUE_ARN));
        return template.resource("QueuePolicy", "AWS::SQS::QueuePolicy", queuePolicy)
                .output(
                        "QueueUrl",
                        "queueUrl of the log source",
                        JsonNodeFactory.instance.textNode("${Queue}"));
    }

    public String terraform() {
        return """
               resource "aws_sqs_queue" "logs" {
                 name                      = %s
                 message_retention_seconds = %d
                 sqs_managed_sse_enabled   = true
               }

               resource "aws_sqs_queue_policy" "logs" {
                 queue_url = aws_sqs_queue.logs.id
                 policy = jsonencode(%s)
               }

               output "queue_url" {
                 description = "queueUrl of the log source"
                 value       = aws_sqs_queue.logs.url
               }
               """
                .formatted(
                        Hcl.string(source.queueName()),
                        RETENTION_SECONDS,
                        Hcl.value(policy("${Queue}"), 2));
    }
}
