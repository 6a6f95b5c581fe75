package dev.caracal.job.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.delivery.MessageAttribute;
import dev.caracal.connectors.sns.SnsDelivery;
import dev.caracal.connectors.sqs.SqsDelivery;
import dev.caracal.connectors.webhook.WebhookDelivery;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFunctionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";

    @TempDir private Path control;

    private TwoInputStreamOperatorTestHarness<Alert, DestinationSet, WebhookDelivery> harness;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(control.resolve("destinations"));
        Files.writeString(
                control.resolve("destinations/queue.yml"),
                """
                id: queue
                name: Queue
                type: sqs
                default: true
                queueUrl: https://sqs.us-east-1.amazonaws.com/123456789012/alerts.fifo
                """);
        ControlLocation location =
                new ControlLocation(control.toString(), new AwsSettings("us-east-1", Map.of()));
        harness =
                new TwoInputStreamOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<>(
                                new RouteFunction(location, TOPIC),
                                List.of(RouteFunction.DESTINATIONS)));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void anAlertGoesToTheDestinationsOfTheControlLocationAndTheTopic() throws Exception {
        process(Alerts.alert(null));

        SqsDelivery queue = only(RouteFunction.SQS);
        assertThat(queue.destination()).isEqualTo("queue");
        assertThat(JSON.readTree(queue.body()).path("ruleId").asText()).isEqualTo("AWS.Root.Login");
        assertThat(queue.deduplicationId()).isEqualTo("5f2b8c0e4d1a47d3a7a7c9f0f6b2e1d4-3");
        SnsDelivery topic = only(RouteFunction.SNS);
        assertThat(topic.topicArn()).isEqualTo(TOPIC);
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void aTopicGetsJsonAndTextAndAttributesForFilters() throws Exception {
        process(Alerts.alert(List.of("sns.topic-arn")));

        SnsDelivery topic = only(RouteFunction.SNS);
        JsonNode message = JSON.readTree(topic.message());
        assertThat(JSON.readTree(message.path("default").asText()))
                .isEqualTo(JSON.readTree(Alerts.alert(List.of("sns.topic-arn")).toJson()));
        assertThat(message.path("email").asText())
                .startsWith("New alert: Root login in \"production\"")
                .contains("Severity: HIGH\n", "Runbook:\nAsk the account's owner.\n");
        assertThat(topic.subject())
                .isEqualTo(
                        "New alert: Root login in \"production\"?by <!channel> &"
                                + " [you](https://example.com)")
                .hasSizeLessThan(100);
        assertThat(topic.attributes())
                .containsExactlyInAnyOrder(
                        new MessageAttribute("alertId", "5f2b8c0e4d1a47d3a7a7c9f0f6b2e1d4"),
                        new MessageAttribute("ruleId", "AWS.Root.Login"),
                        new MessageAttribute("severity", "HIGH"),
                        new MessageAttribute("type", "RULE"),
                        new MessageAttribute("logTypes", "String.Array", "[\"AWS.CloudTrail\"]"));
    }

    @Test
    void aMessageThatIsTooLargeLosesItsEventFirst() throws Exception {
        String event = "{\"text\":\"" + "x\\n".repeat(100_000) + "\"}";
        process(Alerts.alert(Alert.Type.RULE, Severity.LOW, "AWS.ALB", null, event));

        assertThat(only(RouteFunction.SNS).message().length()).isLessThan(20_000);
        assertThat(JSON.readTree(only(RouteFunction.SQS).body()).has("event")).isFalse();
        assertThat(JSON.readTree(only(RouteFunction.SQS).body()).has("context")).isTrue();
    }

    @Test
    void newDestinationsHoldFromTheNextAlertOn() throws Exception {
        process(Alerts.alert(null));
        broadcast(
                """
                id: hook
                name: Hook
                type: webhook
                default: true
                url: https://example.com/hook
                """);
        process(Alerts.alert(List.of("Hook")));

        assertThat(harness.extractOutputValues())
                .extracting(WebhookDelivery::destination)
                .containsExactly("hook");
        assertThat(values(RouteFunction.SQS)).hasSize(1);
    }

    @Test
    void anUnknownDestinationIsADeadLetterAndTheDefaultOnesGetTheAlert() throws Exception {
        process(Alerts.alert(List.of("nobody")));

        assertThat(values(RouteFunction.SQS)).hasSize(1);
        DeadLetter deadLetter = only(RouteFunction.DEAD_LETTERS);
        assertThat(deadLetter.reason()).isEqualTo("unknown-destination");
        assertThat(deadLetter.detail())
                .isEqualTo(
                        "Rule AWS.Root.Login names \"nobody\", which is no destination; the"
                                + " default ones have the alert");
    }

    @Test
    void anEmptyListAndAnUpdateAreSentNowhere() throws Exception {
        process(Alerts.alert(List.of()));
        process(updated(Alerts.alert(null)));

        assertThat(values(RouteFunction.SQS)).isEmpty();
        assertThat(values(RouteFunction.SNS)).isEmpty();
        assertThat(values(RouteFunction.DEAD_LETTERS)).isEmpty();
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    private static Alert updated(Alert alert) {
        return new Alert(
                alert.alertId(),
                alert.ruleId(),
                alert.ruleVersion(),
                alert.type(),
                alert.severity(),
                alert.title(),
                alert.dedup(),
                alert.description(),
                alert.runbook(),
                alert.reference(),
                alert.tags(),
                alert.reports(),
                alert.destinations(),
                alert.logTypes(),
                alert.eventCount() + 1,
                alert.firstMatchTimeMillis(),
                alert.lastMatchTimeMillis(),
                alert.creationTimeMillis(),
                alert.updateTimeMillis() + 1,
                alert.context(),
                alert.rowIds(),
                alert.event());
    }

    private void process(Alert alert) throws Exception {
        harness.processElement1(alert, 0);
    }

    private void broadcast(String yaml) throws Exception {
        harness.processElement2(
                new DestinationSet(List.of(new DestinationSource("destinations/x.yml", yaml))), 0);
    }

    private <T> T only(OutputTag<T> tag) {
        assertThat(values(tag)).hasSize(1);
        return values(tag).get(0);
    }

    private <T> List<T> values(OutputTag<T> tag) {
        Queue<StreamRecord<T>> output = harness.getSideOutput(tag);
        return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
    }
}
