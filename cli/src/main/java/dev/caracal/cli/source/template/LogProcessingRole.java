package dev.caracal.cli.source.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.cli.cloudformation.Statement;
import dev.caracal.cli.source.SourceNames;
import dev.caracal.job.source.LogSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The role that lets Caracal read one log source's objects, and no others.
 *
 * <p>It trusts the security account as a whole and not the job's role: AWS refuses a principal that
 * does not exist yet, and in the security account it is the job's role alone that is allowed to
 * assume roles of this name.
 */
public final class LogProcessingRole {

    private static final String ACCOUNT_ID_HINT =
            "The 12-digit AWS account ID where Caracal is deployed";
    private static final String EXTERNAL_ID_HINT =
            "What Caracal must say to assume the role; the log source has the same";

    private final LogSource source;
    private final SecurityAccount caracal;

    /**
     * @throws IllegalArgumentException if the log source has no role, or a prefix that cannot stand
     *     in a policy
     */
    public LogProcessingRole(LogSource source, SecurityAccount caracal) {
        if (source.roleArn().isEmpty()) {
            throw new IllegalArgumentException(
                    "log source \"" + source.id() + "\" has no role; give it one with --role-arn");
        }
        source.reducedPrefixes().forEach(LogProcessingRole::checkPrefix);
        this.source = source;
        this.caracal = caracal;
    }

    private static void checkPrefix(String prefix) {
        if (prefix.chars().anyMatch(character -> "*?$".indexOf(character) >= 0)) {
            throw new IllegalArgumentException(
                    "prefix \""
                            + prefix
                            + "\" has one of * ? $, which mean something else in a policy; expected"
                            + " the part of the prefix before it");
        }
    }

    private String roleName() {
        return source.roleArn().substring(source.roleArn().lastIndexOf('/') + 1);
    }

    /** Empty, or begins and ends with a slash. */
    private String rolePath() {
        String path = source.roleArn().substring(source.roleArn().indexOf(":role/") + 5);
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    ObjectNode trust() {
        Statement statement =
                Statement.allow("CaracalMayAssumeThis")
                        .principal("AWS", "arn:${AWS::Partition}:iam::${MasterAccountId}:root")
                        .actions("sts:AssumeRole")
                        .withTls();
        if (!source.externalId().isEmpty()) {
            statement.condition("StringEquals", "sts:ExternalId", List.of("${ExternalId}"));
        }
        return Statement.document(List.of(statement));
    }

    ObjectNode permissions() {
        String bucket = "arn:${AWS::Partition}:s3:::" + source.bucket();
        List<String> prefixes = source.reducedPrefixes();
        List<Statement> statements = new ArrayList<>();
        statements.add(
                Statement.allow("BucketDetails")
                        .actions("s3:GetBucketLocation", "s3:GetBucketNotification")
                        .resource(bucket)
                        .withTls());
        Statement list =
                Statement.allow("ListLogs").actions("s3:ListBucket").resource(bucket).withTls();
        if (!prefixes.contains("")) {
            list.condition(
                    "StringLike",
                    "s3:prefix",
                    prefixes.stream().map(prefix -> prefix + '*').toList());
        }
        statements.add(list);
        statements.add(
                Statement.allow("ReadLogs")
                        .actions("s3:GetObject", "s3:GetObjectVersion")
                        .resources(
                                prefixes.stream()
                                        .map(prefix -> bucket + '/' + prefix + '*')
                                        .toList())
                        .withTls());
        if (source.managedNotifications()) {
            statements.add(
                    Statement.allow("ManageBucketNotification")
                            .actions("s3:PutBucketNotification")
                            .resource(bucket)
                            .withTls());
            statements.add(
                    Statement.allow("ManageTopic")
                            .actions(
                                    "sns:CreateTopic",
                                    "sns:SetTopicAttributes",
                                    "sns:Subscribe",
                                    "sns:DeleteTopic")
                            .resource(
                                    "arn:${AWS::Partition}:sns:*:"
                                            + source.accountId()
                                            + ':'
                                            + SourceNames.managedTopic(source.bucket()))
                            .withTls());
        }
        if (!source.kmsKeyArn().isEmpty()) {
            statements.add(
                    Statement.allow("DecryptLogs")
                            .actions("kms:Decrypt", "kms:DescribeKey")
                            .resource(source.kmsKeyArn())
                            .withTls());
        }
        return Statement.document(statements);
    }

    public CloudFormation cloudFormation() {
        CloudFormation template =
                new CloudFormation("Lets Caracal read the logs of bucket " + source.bucket())
                        .parameter(
                                "MasterAccountId",
                                ACCOUNT_ID_HINT,
                                "[0-9]{12}",
                                caracal.accountId());
        if (!source.externalId().isEmpty()) {
            template.secretParameter("ExternalId", EXTERNAL_ID_HINT, source.externalId());
        }
        ObjectNode role = CloudFormation.properties().put("RoleName", roleName());
        if (!rolePath().equals("/")) {
            role.put("Path", rolePath());
        }
        role.put("Description", "Caracal reads the logs of bucket " + source.bucket())
                .put("MaxSessionDuration", 3600)
                .set("AssumeRolePolicyDocument", trust());
        role.putArray("Policies")
                .addObject()
                .put("PolicyName", "ReadLogs")
                .set("PolicyDocument", permissions());
        return template.resource("LogProcessingRole", "AWS::IAM::Role", role)
                .output(
                        "LogProcessingRoleArn",
                        "The role of the log source",
                        JsonNodeFactory.instance.textNode("${LogProcessingRole.Arn}"));
    }

    public String terraform() {
        String path = rolePath().equals("/") ? "" : "  path = " + Hcl.string(rolePath()) + '\n';
        return Hcl.variable("master_account_id", ACCOUNT_ID_HINT, caracal.accountId())
                + (source.externalId().isEmpty()
                        ? ""
                        : Hcl.variable("external_id", EXTERNAL_ID_HINT, source.externalId()))
                + """
                data "aws_partition" "current" {}

                resource "aws_iam_role" "log_processing" {
                  name = %s
                %s  assume_role_policy = jsonencode(%s)
                }

                resource "aws_iam_role_policy" "read_logs" {
                  name = "ReadLogs"
                  role = aws_iam_role.log_processing.id
                  policy = jsonencode(%s)
                }

                output "log_processing_role_arn" {
                  description = "The role of the log source"
                  value       = aws_iam_role.log_processing.arn
                }
                """
                        .formatted(
                                Hcl.string(roleName()),
                                path,
                                Hcl.value(trust(), 2),
                                Hcl.value(permissions(), 2));
    }
}
