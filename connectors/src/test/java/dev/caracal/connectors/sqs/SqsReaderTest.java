package dev.caracal.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final SqsSourceMetrics metrics = new SqsSourceMetrics(new UnregisteredMetricsGroup());
    private final Output output = new Output();
    private FakeSqsQueue queue;
    private SqsReader reader;

    @AfterEach
    void closeReader() {
        reader.close();
        assertThat(queue.closed()).isTrue();
    }

    @Test
    void messagesAreDeletedOnlyAfterTheCheckpointThatHoldsThem() throws Exception {
        start(LONG);
        queue.send(0, 15);
        read(15);
        reader.snapshotState(1);
        queue.send(15, 5);
        read(20);
        reader.snapshotState(2);
        assertThat(queue.deletedBodies).isEmpty();

        reader.notifyCheckpointComplete(1);

        await().atMost(PATIENCE).until(() -> metrics.deleted.getCount() == 15);
        assertThat(queue.deletedBodies).hasSize(15).doesNotContain("body-15");
        assertThat(queue.hidden()).isEqualTo(5);
    }

    @Test
    void aCompletedCheckpointStandsForThoseBeforeItThatWereAborted() throws Exception {
        start(LONG);
        queue.send(0, 3);
        read(3);
        reader.snapshotState(1);
        queue.send(3, 3);
        read(6);
        reader.snapshotState(2);

        reader.notifyCheckpointComplete(2);

        await().atMost(PATIENCE).until(() -> queue.deletedBodies.size() == 6);
    }

    @Test
    void failedDeletesAreTriedAgain() throws Exception {
        start(LONG);
        queue.deleteFailures.add(SdkClientException.create("connection reset"));
        queue.failOnce.add("body-1");
        queue.send(0, 3);
        read(3);
        reader.snapshotState(1);

        reader.notifyCheckpointComplete(1);

        await().atMost(PATIENCE).until(() -> queue.deletedBodies.size() == 3);
        assertThat(metrics.deleteFailures.getCount()).isEqualTo(4);
        assertThat(metrics.deleted.getCount()).isEqualTo(3);
    }

    @Test
    void unreadAndEmittedMessagesStayHiddenFarBeyondTheirVisibilityTimeout() throws Exception {
        start(SHORT);
        queue.send(0, 12);
        read(2);
        queue.failOnce.add("body-0");

        await().atMost(PATIENCE).until(() -> queue.extendedBodies.size() == 12);
        queue.extendedBodies.clear();
        await().atMost(PATIENCE).until(() -> queue.extendedBodies.size() == 12);

        assertThat(queue.hidden()).isEqualTo(12);
        assertThat(metrics.received.getCount()).isEqualTo(12);
        assertThat(metrics.heartbeatFailures.getCount()).isEqualTo(1);
    }

    @Test
    void anExpiredHandleIsNoLongerExtendedAndAnUnreadOneIsLeftToItsNewDelivery() throws Exception {
        start(SHORT);
        queue.send(0, 2);
        await().atMost(PATIENCE).until(() -> metrics.received.getCount() == 2);
        queue.show("body-0");

        await().atMost(PATIENCE).until(() -> metrics.expired.getCount() == 1);
        await().atMost(PATIENCE).until(() -> metrics.received.getCount() == 3);
        read(2);

        assertThat(output.bodies()).containsExactlyInAnyOrder("body-0", "body-1");
        assertThat(output.messages)
                .filteredOn(message -> message.body().equals("body-0"))
                .extracting(SqsMessage::receiveCount)
                .containsExactly(2);
    }

    @Test
    void pollsStopAtTheLimitOfMessagesInFlightAndGoOnAfterDeletes() throws Exception {
        start(new SqsSourceSettings("fake", 2, LONG, Duration.ofMillis(50), 20, 0, 0));
        queue.send(0, 100);
        read(20);
        await().atMost(PATIENCE).until(() -> queue.polling() == 0);
        assertThat(metrics.received.getCount()).isEqualTo(20);

        reader.snapshotState(1);
        reader.notifyCheckpointComplete(1);

        read(40);
        assertThat(metrics.received.getCount()).isEqualTo(40);
    }

    @Test
    void aReaderThatIsNotReadReceivesOnlyAFewBatches() {
        start(LONG);
        queue.send(0, 1000);

        await().atMost(PATIENCE).until(() -> metrics.received.getCount() == 80);
        await().during(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(() -> metrics.received.getCount() == 80);
    }

    @Test
    void severalPollsRunAtOnce() {
        start(LONG);

        await().atMost(PATIENCE).until(() -> queue.receivingThreads.size() == 4);
    }

    @Test
    void closingReleasesWhatNoCheckpointHoldsAndDeletesWhatOneDoes() throws Exception {
        start(LONG);
        queue.send(0, 30);
        read(5);
        List<String> first = output.bodies();
        reader.snapshotState(1);
        read(8);
        await().atMost(PATIENCE).until(() -> metrics.received.getCount() == 30);
        reader.notifyCheckpointComplete(1);

        reader.close();

        assertThat(queue.deletedBodies).containsExactlyInAnyOrderElementsOf(first);
        assertThat(queue.visible()).isEqualTo(25);
        assertThat(queue.hidden()).isZero();
    }

    @Test
    void theAvailabilityFutureIsDoneOnlyWhenThereIsSomethingToRead() throws Exception {
        start(LONG);
        CompletableFuture<Void> available = reader.isAvailable();
        assertThat(available).isNotDone();
        assertThat(reader.isAvailable()).isSameAs(available);

        queue.send(0, 1);
        available.get(60, TimeUnit.SECONDS);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);

        assertThat(reader.isAvailable()).isNotDone();
    }

    @Test
    void aPassingFailureToReceiveIsTriedAgain() throws Exception {
        start(LONG);
        queue.receiveFailures.add(SdkClientException.create("connection reset"));
        await().atMost(PATIENCE).until(() -> metrics.receiveFailures.getCount() == 1);

        queue.send(0, 3);

        read(3);
    }

    @Test
    void aQueueThatDoesNotExistFailsTheJob() {
        start(LONG);
        queue.receiveFailures.add(error("AWS.SimpleQueueService.NonExistentQueue"));

        assertThatThrownBy(() -> read(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot receive from fake")
                .hasMessageContaining("NonExistentQueue");
    }

    @Test
    void aBoundedReaderEndsAfterEmptyPolls() throws Exception {
        start(new SqsSourceSettings("fake", 2, LONG, Duration.ofMillis(50), 100, 4, 0));
        queue.send(0, 33);

        readToEnd();

        assertThat(output.messages).hasSize(33);
        reader.snapshotState(1);
        reader.notifyCheckpointComplete(1);
        await().atMost(PATIENCE).until(() -> queue.deletedBodies.size() == 33);
    }

    @Test
    void aBoundedReaderEndsAfterItsMessages() throws Exception {
        start(new SqsSourceSettings("fake", 4, LONG, Duration.ofMillis(50), 100, 0, 25));
        queue.send(0, 40);

        readToEnd();

        assertThat(output.messages).hasSize(25);
        assertThat(queue.visible()).isEqualTo(15);
    }

    private void start(Duration visibilityTimeout) {
        start(
                new SqsSourceSettings(
                        "fake", 4, visibilityTimeout, Duration.ofMillis(100), 1000, 0, 0));
    }

    private void start(SqsSourceSettings settings) {
        queue = new FakeSqsQueue("fake", settings.waitTime(), settings.visibilityTimeout());
        reader = new SqsReader(settings, queue, metrics, Clock.systemUTC());
        reader.start();
    }

    private void read(int total) throws Exception {
        while (output.messages.size() < total) {
            reader.isAvailable().get(60, TimeUnit.SECONDS);
            reader.pollNext(output);
        }
    }

    private void readToEnd() throws Exception {
        while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
            reader.isAvailable().get(60, TimeUnit.SECONDS);
        }
    }

    private static SqsException error(String code) {
        return (SqsException)
                SqsException.builder()
                        .message(code)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage(code)
                                        .build())
                        .build();
    }

    private static final class Output implements ReaderOutput<SqsMessage> {

        private final List<SqsMessage> messages = new ArrayList<>();

        List<String> bodies() {
            return messages.stream().map(SqsMessage::body).toList();
        }

        @Override
        public void collect(SqsMessage message) {
            messages.add(message);
        }

        @Override
        public void collect(SqsMessage message, long timestamp) {
            messages.add(message);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<SqsMessage> createOutputForSplit(String split) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String split) {}
    }
}
