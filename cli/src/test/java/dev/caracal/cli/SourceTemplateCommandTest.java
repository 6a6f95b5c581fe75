package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class SourceTemplateCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path control;

    @BeforeEach
    void addSources() {
        run(
                "add --name Shop --account-id 111122223333 --bucket shop-logs --external-id"
                        + " shop-secret --prefix AWSLogs/=AWS.CloudTrail"
                        + " --prefix AWSLogs/elb/=AWS.ALB --prefix access/=AWS.S3ServerAccess"
                        + " --kms-key arn:aws:kms:eu-west-1:111122223333:key/1234");
        run(
                "add --name Whole --account-id 444455556666 --bucket whole-logs --log-type"
                        + " AWS.CloudTrail");
        run(
                "add --type sqs --name App --log-type AWS.CloudTrail --queue-url"
                        + " https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app"
                        + " --allow-principal arn:aws:iam::111122223333:root"
                        + " --allow-source arn:aws:sns:us-east-1:111122223333:app");
        run(
                "add --name Own --account-id 123456789012 --bucket own-logs --log-type"
                        + " AWS.CloudTrail --role-arn=");
    }

    /** ARNs that the log sources name themselves. */
    private static final List<String> GIVEN =
            List.of(
                    "arn:aws:kms:eu-west-1:111122223333:key/1234",
                    "arn:aws:iam::111122223333:root",
                    "arn:aws:sns:us-east-1:111122223333:app");

    private Outcome run(String command) {
        List<String> arguments = new ArrayList<>(List.of("source"));
        arguments.addAll(List.of(command.split(" ")));
        arguments.add("--control=" + control);
        return CommandTester.run(arguments.toArray(String[]::new));
    }

    private JsonNode json(String what) throws IOException {
        Outcome outcome = run("template --as json " + what);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return JSON.readTree(outcome.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "whole",
                "shop --notifications",
                "shop --bucket",
                "--security-account",
                "app",
            })
    void noStatementHasAStarWhereAnArnCanStand(String what) throws IOException {
        JsonNode template = json(what);

        for (JsonNode resource : template.path("Resources")) {
            boolean isKey = resource.path("Type").asText().equals("AWS::KMS::Key");
            for (JsonNode list : resource.findValues("Statement")) {
                for (JsonNode statement : list) {
                    if (statement.path("Effect").asText().equals("Allow")) {
                        checkNarrow(statement, isKey);
                    }
                }
            }
        }
        // What is in the partition of China is not in that of AWS.
        String text = template.toString();
        for (String given : GIVEN) {
            text = text.replace(given, "");
        }
        assertThat(text).doesNotContain("arn:aws:");
    }

    private static void checkNarrow(JsonNode statement, boolean isKey) {
        assertThat(statement.path("Principal").toString())
                .as("%s", statement)
                .doesNotContain("\"*\"");
        if (isKey) {
            // In a key's policy * is the key itself.
            assertThat(statement.path("Resource").asText()).isEqualTo("*");
            return;
        }
        assertThat(statement.path("Resource").toString())
                .as("%s", statement)
                .doesNotContain("\"*\"");
        assertThat(statement.path("Action").toString()).as("%s", statement).doesNotContain("*");
    }

    @Test
    void theRoleReadsThePrefixesAndNothingElse() throws IOException {
        JsonNode role = json("shop").at("/Resources/LogProcessingRole/Properties");

        assertThat(role.path("RoleName").asText()).isEqualTo("CaracalLogProcessingRole-shop");
        assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Condition").toString())
                .isEqualTo(
                        "{\"Bool\":{\"aws:SecureTransport\":\"true\"},"
                                + "\"StringEquals\":{\"sts:ExternalId\":{\"Ref\":\"ExternalId\"}}}");
        JsonNode statements = role.at("/Policies/0/PolicyDocument/Statement");
        assertThat(statements.findValuesAsText("Sid"))
                .containsExactly("BucketDetails", "ListLogs", "ReadLogs", "DecryptLogs");
        assertThat(statements.at("/1/Condition/StringLike").toString())
                .isEqualTo("{\"s3:prefix\":[\"AWSLogs/*\",\"access/*\"]}");
        assertThat(statements.at("/2/Resource").toString())
                .isEqualTo(
                        "[{\"Fn::Sub\":\"arn:${AWS::Partition}:s3:::shop-logs/AWSLogs/*\"},"
                                + "{\"Fn::Sub\":\"arn:${AWS::Partition}:s3:::shop-logs/access/*\"}]");
        assertThat(statements.at("/3/Action").toString())
                .isEqualTo("[\"kms:Decrypt\",\"kms:DescribeKey\"]");
    }

    @Test
    void withoutAKeyNothingIsDecryptedAndAWholeBucketNeedsNoPrefix() throws IOException {
        JsonNode statements =
                json("whole")
                        .at(
                                "/Resources/LogProcessingRole/Properties/Policies/0/PolicyDocument/Statement");

        assertThat(statements.findValuesAsText("Sid"))
                .containsExactly("BucketDetails", "ListLogs", "ReadLogs");
        assertThat(statements.at("/1/Condition/StringLike").isMissingNode()).isTrue();
    }

    @Test
    void onlyARoleThatManagesNotificationsMaySetThemUp() throws IOException {
        Path file = control.resolve("sources").resolve("whole.yml");
        Files.writeString(file, Files.readString(file) + "managedNotifications: true\n");

        JsonNode statements =
                json("whole")
                        .at(
                                "/Resources/LogProcessingRole/Properties/Policies/0/PolicyDocument/Statement");

        assertThat(statements.findValuesAsText("Sid"))
                .containsExactly(
                        "BucketDetails",
                        "ListLogs",
                        "ReadLogs",
                        "ManageBucketNotification",
                        "ManageTopic");
        assertThat(statements.at("/3/Action").asText()).isEqualTo("s3:PutBucketNotification");
        assertThat(statements.at("/3/Resource/Fn::Sub").asText())
                .isEqualTo("arn:${AWS::Partition}:s3:::whole-logs");
        assertThat(statements.at("/4/Action").toString())
                .isEqualTo(
                        "[\"sns:CreateTopic\",\"sns:SetTopicAttributes\",\"sns:Subscribe\","
                                + "\"sns:DeleteTopic\"]");
        assertThat(statements.at("/4/Resource/Fn::Sub").asText())
                .isEqualTo("arn:${AWS::Partition}:sns:*:444455556666:caracal-managed-whole-logs");
        assertThat(run("template whole --terraform").out()).contains("ManageTopic");
    }

    @Test
    void theTopicLetsInTheBucketTheTrailAndTheSubscription() throws IOException {
        JsonNode template = json("shop --notifications --master-account-id 123456789012");

        assertThat(template.path("Parameters").fieldNames())
                .toIterable()
                .containsExactly("MasterAccountId", "CaracalRegion", "SnsTopicName", "QueueName");
        assertThat(template.at("/Parameters/MasterAccountId/Default").asText())
                .isEqualTo("123456789012");
        assertThat(template.path("Outputs").fieldNames())
                .toIterable()
                .containsExactly("SnsTopicArn");
        JsonNode statements =
                template.at("/Resources/TopicPolicy/Properties/PolicyDocument/Statement");
        assertThat(statements.findValuesAsText("Sid"))
                .containsExactly(
                        "BucketMayPublish",
                        "CloudTrailMayPublish",
                        "CrossAccountSubscription",
                        "OnlyWithTls");
        for (int i = 0; i < 2; i++) {
            assertThat(statements.get(i).at("/Condition/StringEquals/aws:SourceAccount").toString())
                    .isEqualTo("{\"Ref\":\"AWS::AccountId\"}");
        }
        assertThat(statements.at("/0/Condition/ArnLike/aws:SourceArn/Fn::Sub").asText())
                .isEqualTo("arn:${AWS::Partition}:s3:::shop-logs");
    }

    @Test
    void theQueueLetsInTheTopicsOfTheOnboardedAccounts() throws IOException {
        JsonNode resources = json("--security-account").path("Resources");

        JsonNode allow = resources.at("/QueuePolicy/Properties/PolicyDocument/Statement/0");
        assertThat(allow.at("/Condition/ArnLike/aws:SourceArn").findValuesAsText("Fn::Sub"))
                .containsExactly(
                        "arn:${AWS::Partition}:sns:*:111122223333:*",
                        "arn:${AWS::Partition}:sns:*:123456789012:*",
                        "arn:${AWS::Partition}:sns:*:444455556666:*");
        assertThat(resources.at("/JobRole/Properties").findValuesAsText("Fn::Sub"))
                .contains("arn:${AWS::Partition}:iam::*:role/*LogProcessingRole-*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "shop --notifications", "shop --bucket", "--security-account"})
    void yamlAndJsonSayTheSame(String what) throws IOException {
        Object yaml = new Yaml().load(run("template " + what).out());

        assertThat(JSON.<JsonNode>valueToTree(yaml)).isEqualTo(json(what));
    }

    @Test
    void theBucketHasAConfigurationForEachPrefixThatNoOtherCovers() throws IOException {
        JsonNode topics =
                json("shop --bucket")
                        .at(
                                "/Resources/LogBucket/Properties/NotificationConfiguration/TopicConfigurations");

        assertThat(topics.findValuesAsText("Value")).containsExactly("AWSLogs/", "access/");
        assertThat(run("template shop --bucket --as cli").out())
                .contains("put-bucket-notification-configuration --bucket shop-logs")
                .contains("\"TopicArn\" : \"$TOPIC_ARN\"");
        assertThat(run("template whole --bucket --terraform").out())
                .contains("events    = [\"s3:ObjectCreated:*\"]")
                .doesNotContain("filter_prefix");
    }

    @Test
    void anExistingTopicGetsAStatementAndASubscription() throws IOException {
        String what =
                "shop --existing-topic arn:aws-cn:sns:cn-north-1:111122223333:new"
                        + " --master-account-id 123456789012 --region cn-northwest-1";

        assertThat(json(what).toString())
                .isEqualTo(
                        "{\"Sid\":\"CrossAccountSubscription\",\"Effect\":\"Allow\","
                                + "\"Principal\":{\"AWS\":\"arn:aws-cn:iam::123456789012:root\"},"
                                + "\"Action\":[\"sns:Subscribe\",\"sns:GetTopicAttributes\","
                                + "\"sns:ListSubscriptionsByTopic\"],"
                                + "\"Resource\":\"arn:aws-cn:sns:cn-north-1:111122223333:new\"}");
        assertThat(run("template --as cli " + what).out())
                .contains(
                        "--notification-endpoint"
                                + " arn:aws-cn:sqs:cn-northwest-1:123456789012:caracal-notifications");
    }

    @Test
    void theLinkOpensTheConsoleOfThePartition() {
        assertThat(
                        run("template shop --region us-gov-west-1 --launch-link"
                                        + " https://example.s3.us-gov-west-1.amazonaws.com/role.yml")
                                .out())
                .isEqualTo(
                        "https://console.amazonaws-us-gov.com/cloudformation/home?region=us-gov-west-1"
                                + "#/stacks/quickcreate?templateURL=https%3A%2F%2Fexample.s3.us-gov-west-1.amazonaws.com%2Frole.yml"
                                + "&stackName=caracal-log-analysis-setup-shop\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "template | missing: SOURCE",
                "template own | log source \"own\" has no role; give it one with --role-arn",
                "template shop --as cli | there is no cli of that; expected yaml, json or terraform",
                "template --security-account --terraform | there is no terraform of that; expected yaml or json",
                "template shop --existing-topic new | the topic is \"new\"; expected an ARN, such as arn:aws:sns:",
                "template shop --existing-topic arn:aws:sns:us-east-1:111122223333:new | where does Caracal run?",
                "template shop --launch-link role.yml --region us-east-1 | expected one in S3, such as https://",
                "template shop --master-account-id 1 | accountId is \"1\"; expected 12 digits",
                "template shop --bucket --notifications | mutually exclusive",
            })
    void whatIsWrongIsSaid(String command, String message) {
        Outcome outcome = run(command);

        assertThat(outcome.err()).contains(message);
        assertThat(outcome.status()).isNotZero();
    }
}
