package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class PackageCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String OPTIONS =
            """
            control.location: s3://example-caracal-control/production
            output.location: s3://example-caracal-output
            sqs.queue-url: https://sqs.eu-west-1.amazonaws.com/123456789012/caracal-notifications
            sns.topic-arn: arn:aws:sns:eu-west-1:123456789012:caracal-alerts
            """;

    private static final String LAKE =
            """
            lake: {warehouse: s3://example-caracal-lake/tables, catalog: GLUE, namespace: logs}
            rules.cache.dynamodb-table: caracal-rules
            sqs.visibility-timeout: 2 min
            """;

    @TempDir private Path folder;
    private Path jar;

    @BeforeEach
    void buildJar() throws IOException {
        jar = Files.writeString(folder.resolve("job-flink.jar"), "the job");
    }

    private Outcome run(String options, String... arguments) throws IOException {
        Path config = Files.writeString(folder.resolve("caracal.yaml"), options);
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "package",
                                "--config=" + config,
                                "--output=" + folder.resolve("package")));
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("--jar"))) {
            all.add("--jar=" + jar);
        }
        all.addAll(List.of(arguments));
        return CommandTester.run(all.toArray(String[]::new));
    }

    private JsonNode template(String options, String... arguments) throws IOException {
        Outcome outcome = run(options, arguments);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        Path file = folder.resolve("package/caracal-managed-flink.yml");
        return JSON.valueToTree(new Yaml().load(Files.readString(file)));
    }

    private static List<String> sids(JsonNode template) {
        return template.at("/Resources/Role/Properties/Policies/0/PolicyDocument")
                .findValuesAsText("Sid");
    }

    private static JsonNode statement(JsonNode template, String sid) {
        JsonNode statements =
                template.at("/Resources/Role/Properties/Policies/0/PolicyDocument/Statement");
        return StreamSupport.stream(statements.spliterator(), false)
                .filter(statement -> statement.path("Sid").asText().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theJarLiesBesideTheTemplateUnderANameThatChangesWithIt() throws IOException {
        Outcome outcome = run(OPTIONS);
        String name = jarName();

        assertThat(outcome.out())
                .contains("aws s3 cp")
                .contains("CodeKey=" + name)
                .contains("start-application");
        assertThat(folder.resolve("package").resolve(name)).hasContent("the job");

        Files.delete(folder.resolve("package").resolve(name));
        Files.writeString(jar, "another job");
        run(OPTIONS);
        assertThat(jarName()).isNotEqualTo(name);
    }

    private String jarName() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("package"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theServiceTakesNoMoreThanHalfAGigabyte() throws IOException {
        Path big = folder.resolve("big.jar");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength((512L << 20) + 1);
        }

        Outcome outcome = run(OPTIONS, "--jar=" + big);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("536870913 bytes", "no more than 536870912");
    }

    @Test
    void theOptionsBecomeProperties() throws IOException {
        JsonNode application = template(OPTIONS).at("/Resources/Application/Properties");

        assertThat(application.path("RuntimeEnvironment").asText()).isEqualTo("FLINK-2_2");
        assertThat(
                        application
                                .at(
                                        "/ApplicationConfiguration/EnvironmentProperties/PropertyGroups/0/PropertyMap")
                                .toString())
                .isEqualTo(
                        "{\"aws.region\":\"eu-west-1\","
                                + "\"control.location\":\"s3://example-caracal-control/production\","
                                + "\"output.location\":\"s3://example-caracal-output\","
                                + "\"sns.topic-arn\":\"arn:aws:sns:eu-west-1:123456789012:caracal-alerts\","
                                + "\"sqs.queue-url\":\"https://sqs.eu-west-1.amazonaws.com/123456789012/caracal-notifications\"}");
    }

    @Test
    void theRoleMayDoWhatTheOptionsSayAndNoMore() throws IOException {
        JsonNode template = template(OPTIONS);

        assertThat(sids(template))
                .containsExactly(
                        "Queue",
                        "QueuesOfLogSources",
                        "LogProcessingRoles",
                        "ControlList",
                        "ControlRead",
                        "ControlHealth",
                        "OutputList",
                        "Output",
                        "Alerts",
                        "Code",
                        "LogGroups",
                        "LogStreams",
                        "Log");
        assertThat(statement(template, "LogProcessingRoles").toString())
                .contains(
                        "\"sts:AssumeRole\"",
                        "arn:${AWS::Partition}:iam::*:role/*LogProcessingRole-*");
        assertThat(statement(template, "ControlHealth").toString())
                .contains("\"s3:PutObject\"", "s3:::example-caracal-control/production/health/*\"");
        assertThat(statement(template, "Output").toString())
                .contains("s3:::example-caracal-output/*\"");
        assertThat(
                        template.at("/Resources/Role/Properties/AssumeRolePolicyDocument")
                                .findValue("aws:SourceArn")
                                .toString())
                .contains("application/${ApplicationName}");
    }

    @Test
    void lakeRuleCacheAndDestinationsNeedMore() throws IOException {
        JsonNode template =
                template(
                        OPTIONS + LAKE,
                        "--allow=arn:aws:kms:eu-west-1:123456789012:key/1234",
                        "--allow=arn:aws:sns:eu-west-1:123456789012:other",
                        "--allow=arn:aws:sqs:eu-west-1:123456789012:tickets",
                        "--allow=arn:aws:secretsmanager:eu-west-1:123456789012:secret:caracal/*",
                        "--source-account=111122223333");

        assertThat(sids(template))
                .contains("LakeList", "LakeFiles", "LakeTables", "RuleCache")
                .contains("Key", "Subscriptions", "AlertQueues", "Secrets");
        assertThat(statement(template, "LakeTables").toString())
                .contains("database/logs\"", "table/logs/*\"");
        assertThat(statement(template, "LakeFiles").toString())
                .contains("s3:::example-caracal-lake/tables/*");
        assertThat(statement(template, "Alerts").path("Resource").toString())
                .isEqualTo(
                        "[\"arn:aws:sns:eu-west-1:123456789012:caracal-alerts\","
                                + "\"arn:aws:sns:eu-west-1:123456789012:other\"]");
    }

    @Test
    void noStatementHasAStarWhereAnArnCanStand() throws IOException {
        JsonNode resources = template(OPTIONS + LAKE).path("Resources");

        List<JsonNode> lists = resources.findValues("Statement");
        assertThat(lists).hasSize(2);
        for (JsonNode list : lists) {
            for (JsonNode statement : list) {
                assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
                assertThat(statement.path("Action").toString()).doesNotContain("*");
                assertThat(statement.path("Resource").toString()).doesNotContain("\"*\"");
                assertThat(statement.path("Principal").toString()).doesNotContain("*");
            }
        }
        // What is in the partition of China is not in that of AWS.
        assertThat(
                        resources
                                .toString()
                                .replace("arn:aws:sns:eu-west-1:123456789012:caracal-alerts", ""))
                .doesNotContain("arn:aws:");
    }

    @Test
    void theServiceSetsWhatTheJobMayNot() throws IOException {
        JsonNode template = template(OPTIONS);
        JsonNode flink =
                template.at(
                        "/Resources/Application/Properties/ApplicationConfiguration/FlinkApplicationConfiguration");

        assertThat(flink.findValuesAsText("ConfigurationType"))
                .containsExactly("CUSTOM", "CUSTOM", "CUSTOM");
        assertThat(flink.at("/CheckpointConfiguration/CheckpointInterval/Ref").asText())
                .isEqualTo("CheckpointMillis");
        assertThat(template.at("/Parameters/CheckpointMillis/Default").asInt()).isEqualTo(60_000);
        assertThat(template.at("/Parameters/CheckpointMillis/MaxValue").asInt()).isEqualTo(60_000);
    }

    @Test
    void messagesStayHiddenForThreeCheckpoints() throws IOException {
        JsonNode interval = template(OPTIONS + LAKE).at("/Parameters/CheckpointMillis");

        assertThat(interval.path("MaxValue").asInt()).isEqualTo(40_000);
        assertThat(interval.path("Default").asInt()).isEqualTo(40_000);
    }

    @ParameterizedTest
    @CsvSource({
        "NotificationLagAlarm,       AWS/SQS,              ApproximateAgeOfOldestMessage",
        "QueueDepthAlarm,            AWS/SQS,              ApproximateNumberOfMessagesVisible",
        "UndeliverableMessagesAlarm, AWS/SQS,              ApproximateNumberOfMessagesVisible",
        "RestartsAlarm,              AWS/KinesisAnalytics, numRestarts",
        "FailedCheckpointsAlarm,     AWS/KinesisAnalytics, numberOfFailedCheckpoints",
        "DeadLettersAlarm,           AWS/KinesisAnalytics, deadLettersPerSecond"
    })
    void eachAlarmWatchesOneMetricAndTellsTheTopic(String alarm, String namespace, String metric)
            throws IOException {
        String topic = "arn:aws:sns:eu-west-1:123456789012:operators";
        JsonNode resources = template(OPTIONS, "--alarm-topic=" + topic).path("Resources");

        JsonNode properties = resources.path(alarm).path("Properties");
        assertThat(properties.findValuesAsText("Namespace")).containsExactly(namespace);
        assertThat(properties.findValuesAsText("MetricName")).containsExactly(metric);
        assertThat(properties.at("/AlarmActions/0").asText()).isEqualTo(topic);
        assertThat(
                        StreamSupport.stream(resources.spliterator(), false)
                                .filter(
                                        resource ->
                                                resource.path("Type")
                                                        .asText()
                                                        .equals("AWS::CloudWatch::Alarm")))
                .hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "control.location: control | control.location is \"control\"; on Managed Flink it must be s3://bucket/prefix",
                "output.location: s3://b-c/* | output.location is \"s3://b-c/*\"",
                "sqs.queue-url: queue | sqs.queue-url is queue; expected one such as",
                "lake.warehouse: s3://lake/x | lake.catalog.uri is \"\", which several machines cannot use",
                "lake.warehouse: lake | lake.catalog.uri is \"\"",
                "aws.credentials.provider.basic.secretkey: x | aws.credentials.provider.basic.secretkey gives credentials",
                "lake.catalog.properties: token:x | lake.catalog.properties gives credentials",
                "no.such: 1 | there is no option \"no.such\""
            })
    void anOptionThatCannotBeUsedThereIsRefused(String option, String message) throws IOException {
        Outcome outcome =
                run(OPTIONS.replaceAll("(?m)^" + option.split(":")[0] + ":.*\n", "") + option);

        assertThat(outcome.err()).contains(message).doesNotContain(":x");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(folder.resolve("package")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--allow=*,            '--allow is \"*\", expected the ARN'",
        "--alarm-topic=alarms, '--alarm-topic is \"alarms\"'",
        "--source-account=1,   '--source-account is \"1\", expected 12 digits'",
    })
    void anArgumentThatDoesNotFitIsWrongUsage(String argument, String message) throws IOException {
        Outcome outcome = run(OPTIONS, argument);

        assertThat(outcome.err()).contains(message);
        assertThat(outcome.status()).isEqualTo(2);
    }
}
