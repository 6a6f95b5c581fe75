package dev.caracal.cli.managed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.cli.cloudformation.Statement;
import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.cli.source.template.JobPermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The role that the application runs with.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/managed-flink/latest/java/how-permissions.html">Required
 *     permissions</a>
 */
final class ManagedRole {

    private static final String LOGS =
            "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:";
    private static final String GLUE =
            "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:";

    private final ManagedOptions options;
    private final GrantedArns granted;
    private final List<String> sourceAccounts;

    /**
     * @param sourceAccounts accounts whose topics the queue may be subscribed to
     */
    ManagedRole(ManagedOptions options, GrantedArns granted, List<String> sourceAccounts) {
        this.options = options;
        this.granted = granted;
        this.sourceAccounts = List.copyOf(sourceAccounts);
    }

    ObjectNode properties() {
        ObjectNode role =
                CloudFormation.properties().put("Description", "Caracal's job on Managed Flink");
        role.set(
                "AssumeRolePolicyDocument",
                Statement.document(
                        List.of(
                                Statement.allow("ManagedFlink")
                                        .principal("Service", "kinesisanalytics.amazonaws.com")
                                        .actions("sts:AssumeRole")
                                        .condition(
                                                "StringEquals",
                                                "aws:SourceAccount",
                                                List.of("${AWS::AccountId}"))
                                        .condition(
                                                "ArnLike",
                                                "aws:SourceArn",
                                                List.of(
                                                        "arn:${AWS::Partition}:kinesisanalytics:${AWS::Region}:${AWS::AccountId}:application/${ApplicationName}")))));
        role.putArray("Policies")
                .addObject()
                .put("PolicyName", "Job")
                .set("PolicyDocument", Statement.document(statements()));
        return role;
    }

    private List<Statement> statements() {
        TreeSet<String> topics = new TreeSet<>(granted.of("sns"));
        options.alertTopic().ifPresent(topics::add);
        NotificationQueue queue = options.queue();
        String queues =
                "arn:${AWS::Partition}:sqs:" + queue.region() + ':' + queue.accountId() + ':';
        JobPermissions permissions =
                new JobPermissions()
                        .notificationQueue(queues + queue.name())
                        .queuesOfLogSources(queues)
                        .logProcessingRoles()
                        .control(options.control().bucketArn(), options.control().prefix())
                        .output(options.output().bucketArn(), options.output().prefix())
                        .keys(granted.of("kms"))
                        .alertTopics(topics)
                        .notificationTopics(
                                sourceAccounts.stream()
                                        .map(
                                                account ->
                                                        "arn:${AWS::Partition}:sns:*:"
                                                                + account
                                                                + ":*")
                                        .toList())
                        .addIfAny(
                                granted.of("sqs"),
                                Statement.allow("AlertQueues").actions("sqs:SendMessage"))
                        .addIfAny(
                                granted.of("secretsmanager"),
                                Statement.allow("Secrets")
                                        .actions("secretsmanager:GetSecretValue"));
        options.lake().ifPresent(lake -> addLake(permissions, lake));
        options.glueDatabase().ifPresent(database -> addGlue(permissions, database));
        options.ruleCacheTable()
                .ifPresent(
                        table ->
                                permissions.add(
                                        Statement.allow("RuleCache")
                                                .actions(
                                                        "dynamodb:GetItem",
                                                        "dynamodb:UpdateItem",
                                                        "dynamodb:DeleteItem")
                                                .resource(
                                                        "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/"
                                                                + table)));
        return permissions
                .add(
                        Statement.allow("Code")
                                .actions("s3:GetObject", "s3:GetObjectVersion")
                                .resource("arn:${AWS::Partition}:s3:::${CodeBucket}/${CodeKey}"))
                .add(
                        Statement.allow("LogGroups")
                                .actions("logs:DescribeLogGroups")
                                .resource(LOGS + '*'))
                .add(
                        Statement.allow("LogStreams")
                                .actions("logs:DescribeLogStreams")
                                .resource(LOGS + "${LogGroup}:log-stream:*"))
                .add(
                        Statement.allow("Log")
                                .actions("logs:PutLogEvents")
                                .resource(LOGS + "${LogGroup}:log-stream:${LogStream}"))
                .statements();
    }

    private static void addLake(JobPermissions permissions, BucketPlace lake) {
        permissions
                .add(
                        Statement.allow("LakeList")
                                .actions("s3:ListBucket")
                                .resource(lake.bucketArn()))
                .add(
                        Statement.allow("LakeFiles")
                                .actions(
                                        "s3:GetObject",
                                        "s3:PutObject",
                                        "s3:AbortMultipartUpload",
                                        "s3:DeleteObject")
                                .resource(lake.bucketArn() + '/' + lake.prefix() + '*'));
    }

    private static void addGlue(JobPermissions permissions, String database) {
        permissions.add(
                Statement.allow("LakeTables")
                        .actions(
                                "glue:GetDatabase",
                                "glue:CreateDatabase",
                                "glue:GetTable",
                                "glue:GetTables",
                                "glue:CreateTable",
                                "glue:UpdateTable")
                        .resources(
                                Stream.of(
                                                "catalog",
                                                "database/" + database,
                                                "table/" + database + "/*")
                                        .map(GLUE::concat)
                                        .toList()));
    }
}
