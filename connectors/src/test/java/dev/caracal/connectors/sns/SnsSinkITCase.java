package dev.caracal.connectors.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.model.SnsException;

class SnsSinkITCase {

    private static final String ARN = "arn:aws:sns:eu-west-1:123456789012:alerts";

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private final FakeSnsTopic topic = new FakeSnsTopic();

    @BeforeEach
    void useTopic() {
        FakeSnsTopic.BY_ARN.put(ARN, topic);
    }

    @Test
    void messagesArePublishedInBatchesWithTheirAttributes() throws Exception {
        run(95, sink());

        assertThat(topic.published)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 95).mapToObj(SnsSinkITCase::message).toList());
        assertThat(topic.batches).hasSize(10).allMatch(batch -> batch.size() <= 10);
    }

    @Test
    void whatFailsForAWhileIsPublishedInTheEndAndNothingElseTwice() throws Exception {
        topic.callFailures.add(SdkClientException.create("connection reset"));
        topic.callFailures.add(error("Throttled"));
        topic.messageFailures.put("7", new SnsTopic.Failure(0, "InternalError", "", false));
        topic.messageFailures.put("33", new SnsTopic.Failure(0, "InternalError", "", false));

        run(40, sink());

        assertThat(topic.published)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 40).mapToObj(SnsSinkITCase::message).toList());
    }

    @Test
    void aRefusedMessageFailsTheJob() {
        topic.messageFailures.put("3", new SnsTopic.Failure(0, "InvalidParameter", "bad", true));

        assertThatThrownBy(() -> run(5, sink()))
                .hasStackTraceContaining("SNS refuses a message: InvalidParameter, bad");
    }

    @Test
    void aTopicThatDoesNotExistFailsTheJob() {
        topic.callFailures.add(error("NotFound"));

        assertThatThrownBy(() -> run(5, sink()))
                .hasStackTraceContaining("Cannot publish to SNS: NotFound");
    }

    @Test
    void bigMessagesShareABatchOnlyUpTo256KiB() throws Exception {
        run(8, sink().converter(n -> new SnsMessage("x".repeat(100_000) + n)));

        assertThat(topic.batches).hasSize(4).allMatch(batch -> batch.size() == 2);
    }

    @Test
    void tooBigAMessageFailsTheJobUnlessItIsShortened() throws Exception {
        SnsSink.Converter<Long> huge = n -> new SnsMessage("ä".repeat(200_000));

        assertThatThrownBy(() -> run(1, sink().converter(huge)))
                .hasStackTraceContaining("Message of 400000 bytes, SNS takes 262144");
        run(
                1,
                sink().converter(huge)
                        .oversize((message, maxBytes) -> new SnsMessage("see S3 " + maxBytes)));

        assertThat(topic.published).containsExactly(new SnsMessage("see S3 262144"));
    }

    private static SnsSink.Builder<Long> sink() {
        return SnsSink.<Long>builder()
                .topicArn(ARN)
                .converter(SnsSinkITCase::message)
                .connector(() -> FakeSnsTopic.BY_ARN.get(ARN));
    }

    private static SnsMessage message(long number) {
        return new SnsMessage(
                Long.toString(number), "alert", Map.of("severity", "HIGH", "rule", "r" + number));
    }

    private static void run(long messages, SnsSink.Builder<Long> sink) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of(
                                        "pipeline.generic-types", "false",
                                        "restart-strategy.type", "none")));
        env.setParallelism(1);
        env.fromSource(
                        new NumberSequenceSource(0, messages - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .sinkTo(sink.build());
        env.execute();
    }

    private static SnsException error(String code) {
        return (SnsException)
                SnsException.builder()
                        .message(code)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage(code)
                                        .build())
                        .build();
    }
}
