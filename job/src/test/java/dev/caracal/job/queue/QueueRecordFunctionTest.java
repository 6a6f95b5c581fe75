package dev.caracal.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.connectors.sqs.QueueMessage;
import dev.caracal.connectors.sqs.SqsMessage;
import dev.caracal.job.parse.Route;
import dev.caracal.job.source.QueueSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueRecordFunctionTest {

    private static final String URL =
            "https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app";

    private OneInputStreamOperatorTestHarness<QueueMessage, RecordBatch> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new QueueRecordFunction(
                                        64, new AwsSettings("us-east-1", Map.of()))));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private static String note(String logStream) {
        return QueueRoute.of(
                        new QueueSource(
                                "app",
                                "App",
                                URL,
                                List.of("Acme.App"),
                                logStream,
                                List.of(),
                                List.of("arn:aws:sns:us-east-1:111122223333:app-*"),
                                0,
                                List.of()))
                .encode();
    }

    private static SqsMessage message(String body) {
        return new SqsMessage(URL, "m1", body, 77, 1);
    }

    private void process(String logStream, String body) throws Exception {
        harness.processElement(QueueMessage.of(note(logStream), message(body)), 0);
    }

    private List<RecordBatch> batches() {
        return harness.extractOutputValues();
    }

    private List<String> records() {
        List<String> records = new ArrayList<>();
        for (RecordBatch batch : batches()) {
            for (int i = 0; i < batch.size(); i++) {
                int start = batch.start(i);
                records.add(
                        new String(
                                batch.data(),
                                start,
                                batch.ends()[i] - start,
                                StandardCharsets.UTF_8));
            }
        }
        return records;
    }

    private List<DeadLetter> letters() {
        var letters = harness.getSideOutput(QueueRecordFunction.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // log stream | message | records
                "auto|one line|one line",
                "lines|one~two~|one,two",
                "auto|{\"a\":1}~{\"a\":2}|{\"a\":1},{\"a\":2}",
                "cloudtrail|{\"Records\":[{\"a\":1},{\"b\":2}]}|{\"a\":1},{\"b\":2}",
            })
    void aMessageHasOneRecordOrSeveral(String logStream, String body, String records)
            throws Exception {
        process(logStream, body.replace('~', '\n'));

        assertThat(String.join(",", records())).isEqualTo(records);
        RecordBatch batch = batches().get(0);
        assertThat(batch.objectId()).isEqualTo(URL + "#m1");
        assertThat(batch.route()).isEqualTo(new Route("app", "App", List.of("Acme.App")).encode());
        assertThat(batch.lane()).startsWith(URL + '/');
        assertThat(batch.firstIndex()).isZero();
        assertThat(batch.last()).isTrue();
        assertThat(batch.createdTimeMillis()).isEqualTo(77);
    }

    @Test
    void everyDeliveryOfAMessageIsTheSameObjectInTheSameLane() throws Exception {
        process("lines", "one");
        harness.processElement(
                QueueMessage.of(note("lines"), new SqsMessage(URL, "m1", "one", 77, 2)), 0);

        assertThat(batches()).extracting(RecordBatch::objectId).containsOnly(URL + "#m1");
        assertThat(batches())
                .extracting(RecordBatch::lane)
                .hasSize(2)
                .containsOnly(batches().get(0).lane());
    }

    @Test
    void whatSnsWrapsAroundAMessageIsTakenOff() throws Exception {
        process(
                "lines",
                """
                {"Type": "Notification", "TopicArn": "arn:aws:sns:us-east-1:111122223333:app-logs",
                 "Message": "one\\ntwo", "SignatureVersion": "1"}""");

        assertThat(records()).containsExactly("one", "two");
    }

    @Test
    void onlyATopicThatMaySendIsConfirmed() throws Exception {
        process(
                "lines",
                """
                {"Type": "SubscriptionConfirmation", "Token": "secret", "SignatureVersion": "1",
                 "TopicArn": "arn:aws:sns:us-east-1:444455556666:app-logs"}""");

        assertThat(batches()).isEmpty();
        assertThat(letters()).hasSize(1);
        DeadLetter letter = letters().get(0);
        assertThat(letter.reason()).isEqualTo("subscription-not-confirmed");
        assertThat(letter.detail()).contains("none of the log source's allowedSourceArns");
        assertThat(letter.toString()).doesNotContain("secret");
    }

    @Test
    void aMessageThatCannotBeCutIsADeadLetterOfItsLogSource() throws Exception {
        process("cloudtrail", "{\"Records\":[{\"a\":1},");

        assertThat(letters()).hasSize(1);
        DeadLetter letter = letters().get(0);
        assertThat(letter.stage()).isEqualTo("read");
        assertThat(letter.sourceId()).isEqualTo("app");
        assertThat(letter.object()).isEqualTo(URL + "#m1");
        assertThat(letter.text()).startsWith("{\"Records\"");
    }

    @Test
    void aQueueThatCannotBePolledIsTold() throws Exception {
        harness.processElement(
                new QueueMessage(
                        note("auto"),
                        new SqsMessage(URL, "", "", 0, 0),
                        "queue-not-found",
                        "The specified queue does not exist."),
                0);

        assertThat(letters())
                .extracting(DeadLetter::reason, DeadLetter::object, DeadLetter::sourceId)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("queue-not-found", URL, "app"));
    }
}
