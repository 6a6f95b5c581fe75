package dev.caracal.job.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.s3.S3Object;
import dev.caracal.connectors.sqs.SqsMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationFunctionTest {

    @TempDir private Path control;

    private OneInputStreamOperatorTestHarness<SqsMessage, S3Object> harness;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(control.resolve("sources"));
        Files.writeString(
                control.resolve("sources").resolve("acme.yml"),
                """
                id: acme
                name: Acme
                accountId: "111122223333"
                bucket: acme-logs
                prefixLogTypes:
                  - prefix: AWSLogs/
                    logTypes: [AWS.CloudTrail]
                excludedPrefixes: [AWSLogs/digest/]
                roleArn: arn:aws:iam::111122223333:role/Logs
                externalId: external
                """);
        start();
    }

    private void start() throws Exception {
        harness = harness();
        harness.open();
    }

    private OneInputStreamOperatorTestHarness<SqsMessage, S3Object> harness() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(
                        new NotificationFunction(
                                new ControlLocation(
                                        control.toString(), new AwsSettings("us-east-1", Map.of())),
                                Duration.ofHours(1),
                                64,
                                new AwsSettings("us-east-1", Map.of()))));
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void anObjectTakesWithItWhatItsLogSourceSays() throws Exception {
        process(s3Event("AWSLogs/one.json", "e1"));

        S3Object object = harness.extractOutputValues().get(0);
        assertThat(object.ref().toString()).isEqualTo("s3://acme-logs/AWSLogs/one.json");
        assertThat(object.roleArn()).isEqualTo("arn:aws:iam::111122223333:role/Logs");
        assertThat(object.externalId()).isEqualTo("external");
        assertThat(object.sourceId()).isEqualTo("acme");
        assertThat(object.logStream()).isEqualTo("auto");
        assertThat(object.route()).contains("AWS.CloudTrail").contains("Acme");
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void everyAnnouncementOfAnObjectNamesTheSameLane() throws Exception {
        process(s3Event("AWSLogs/one.json", "e1"));
        process(s3Event("AWSLogs/one.json", "e2"));
        process("{\"s3Bucket\":\"acme-logs\",\"s3ObjectKey\":[\"AWSLogs/one.json\"]}");

        assertThat(harness.extractOutputValues()).extracting(S3Object::lane).hasSize(3);
        assertThat(harness.extractOutputValues().stream().map(S3Object::lane).distinct())
                .hasSize(1);
    }

    @Test
    void anObjectUnderAnExcludedPrefixIsPassedOver() throws Exception {
        process(s3Event("AWSLogs/digest/one.json", "e1"));

        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void anObjectWithoutALogSourceIsADeadLetter() throws Exception {
        process(s3Event("other/one.json", "e1"));

        assertThat(deadLetters())
                .extracting(DeadLetter::reason, DeadLetter::object)
                .containsExactly(tuple("no-log-source", "s3://acme-logs/other/one.json"));
    }

    @Test
    void aMessageThatSaysNothingKnownIsADeadLetterWhole() throws Exception {
        process("hello");

        assertThat(deadLetters())
                .extracting(DeadLetter::reason, DeadLetter::text)
                .containsExactly(tuple("not-json", "hello"));
    }

    @Test
    void aSubscriptionOfAnAccountWithoutLogSourceIsNotConfirmedAndItsTokenNotShown()
            throws Exception {
        process(confirmation("arn:aws:sns:us-east-1:999999999999:topic"));
        process(confirmation("arn:aws:s3:::bucket"));
        process(confirmation("nonsense"));

        assertThat(deadLetters())
                .hasSize(3)
                .allSatisfy(
                        letter -> {
                            assertThat(letter.reason()).isEqualTo("subscription-not-confirmed");
                            assertThat(letter.toString()).doesNotContain("secret-token");
                        });
        assertThat(deadLetters().get(0).detail()).contains("999999999999 has no log source");
    }

    @Test
    void aLogSourceKeepsItsLogTypeOverARefusedEditOfTheSchemaAndARestart() throws Exception {
        Path schema = Files.createDirectories(control.resolve("schemas")).resolve("audit.yml");
        Files.writeString(schema, "schema: Acme.Audit\nfields: [{name: user, type: string}]\n");
        Path source = control.resolve("sources").resolve("acme.yml");
        Files.writeString(source, Files.readString(source).replace("AWS.CloudTrail", "Acme.Audit"));
        harness.close();
        start();
        process(s3Event("AWSLogs/one.json", "e1"));
        assertThat(harness.extractOutputValues().get(0).route()).contains("Acme.Audit");

        Files.writeString(schema, "schema: [");
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
        process(s3Event("AWSLogs/two.json", "e1"));

        assertThat(harness.extractOutputValues().get(0).route()).contains("Acme.Audit");
        assertThat(deadLetters()).isEmpty();
    }

    private static String confirmation(String topicArn) {
        return """
               {"Type":"SubscriptionConfirmation","TopicArn":"%s","Token":"secret-token",\
               "SubscribeURL":"https://example.com/?Token=secret-token"}"""
                .formatted(topicArn);
    }

    private static String s3Event(String key, String eTag) {
        return """
               {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"acme-logs"},\
               "object":{"key":"%s","size":5,"eTag":"%s"}}}]}"""
                .formatted(key, eTag);
    }

    private void process(String body) throws Exception {
        harness.processElement(new SqsMessage("queue", "m-1", body, 0, 1), 0);
    }

    private List<DeadLetter> deadLetters() {
        Queue<StreamRecord<DeadLetter>> letters =
                harness.getSideOutput(NotificationFunction.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }
}
