package dev.caracal.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsQueuesReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofMillis(50);

    private final Map<String, String> noteByUrl = new ConcurrentHashMap<>();
    private final Map<String, FakeSqsQueue> queues =
            Map.of(
                    "one", new FakeSqsQueue("one", WAIT, LONG),
                    "two", new FakeSqsQueue("two", WAIT, LONG));
    private final Output output = new Output();
    private @Nullable QueueSetMemory memory;
    private SqsQueuesReader reader;

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    private void start(int emptyPolls) {
        reader =
                new SqsQueuesReader(
                        new SqsSourceSettings("main", 8, LONG, WAIT, 1000, emptyPolls, 0),
                        remembered ->
                                new QueueSet.Following() {
                                    @Override
                                    public Map<String, String> current() {
                                        return new TreeMap<>(noteByUrl);
                                    }

                                    @Override
                                    public String memory() {
                                        return String.join(",", remembered) + "+";
                                    }

                                    @Override
                                    public void close() {}
                                },
                        settings -> queues.get(settings.queueUrl()),
                        new SqsSourceMetrics(new UnregisteredMetricsGroup()),
                        Clock.systemUTC(),
                        true);
        if (memory != null) {
            reader.addSplits(List.of(memory));
        }
        reader.start();
    }

    private FakeSqsQueue queue(String url) {
        return queues.get(url);
    }

    private void read(int total) throws Exception {
        while (output.messages.size() < total) {
            reader.isAvailable().get(60, TimeUnit.SECONDS);
            reader.pollNext(output);
        }
    }

    @Test
    void aQueueIsPolledAsSoonAsItIsThereAndUntilItIsGone() throws Exception {
        start(0);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        queue("one").send(0, 3);
        noteByUrl.put("one", "note of one");
        read(3);
        queue("two").send(10, 2);
        noteByUrl.put("two", "note of two");
        read(5);

        assertThat(output.messages.subList(0, 3))
                .extracting(QueueMessage::note)
                .containsOnly("note of one");
        assertThat(output.messages.subList(3, 5))
                .extracting(QueueMessage::note)
                .containsOnly("note of two");

        noteByUrl.remove("one");
        await().atMost(PATIENCE).until(queue("one")::closed);
        queue("one").send(20, 1);
        queue("two").send(30, 1);
        read(6);
        assertThat(output.messages.get(5).message().body()).isEqualTo("body-30");
        assertThat(queue("one").visible()).isEqualTo(4);
    }

    @Test
    void messagesAreDeletedAfterTheCheckpointThatHoldsThem() throws Exception {
        noteByUrl.putAll(Map.of("one", "", "two", ""));
        start(0);
        queue("one").send(0, 2);
        queue("two").send(10, 2);
        read(4);
        reader.snapshotState(1);
        queue("two").send(20, 1);
        read(5);

        reader.notifyCheckpointComplete(1);

        await().atMost(PATIENCE).until(() -> queue("one").deletedBodies.size() == 2);
        await().atMost(PATIENCE).until(() -> queue("two").deletedBodies.size() == 2);
        assertThat(queue("two").hidden()).isEqualTo(1);
    }

    @Test
    void aQueueThatIsRefusedIsToldAndTriedAgainAndTheOthersGoOn() throws Exception {
        queue("one").receiveFailures.add(error("AccessDenied"));
        noteByUrl.putAll(Map.of("one", "note of one", "two", ""));
        start(0);
        read(1);

        QueueMessage failure = output.messages.get(0);
        assertThat(failure.isFailure()).isTrue();
        assertThat(failure.failureReason()).isEqualTo("access-denied");
        assertThat(failure.note()).isEqualTo("note of one");
        assertThat(failure.message().queueUrl()).isEqualTo("one");

        queue("two").send(10, 1);
        read(2);
        queue("one").send(0, 1);
        read(3);
    }

    @Test
    void theSetIsToldAfterARestartWhatItWantedToRemember() throws Exception {
        QueueSetMemory.Serializer serializer = new QueueSetMemory.Serializer();
        for (int restart = 0; restart < 3; restart++) {
            start(0);
            assertThat(reader.snapshotState(restart))
                    .extracting(QueueSetMemory::text)
                    .containsExactly("+".repeat(restart + 1));
            byte[] stored = serializer.serialize(reader.snapshotState(restart).get(0));
            memory = serializer.deserialize(serializer.getVersion(), stored);
            reader.close();
        }
    }

    @Test
    void aBoundedReaderEndsWithItsQueues() throws Exception {
        queue("one").send(0, 12);
        noteByUrl.putAll(Map.of("one", "", "two", ""));
        start(3);

        while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
            reader.isAvailable().get(60, TimeUnit.SECONDS);
        }

        assertThat(output.messages).hasSize(12);
    }

    private static RuntimeException error(String code) {
        return SqsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static final class Output implements ReaderOutput<QueueMessage> {

        private final List<QueueMessage> messages = new ArrayList<>();

        @Override
        public void collect(QueueMessage message) {
            messages.add(message);
        }

        @Override
        public void collect(QueueMessage message, long timestamp) {
            messages.add(message);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<QueueMessage> createOutputForSplit(String split) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String split) {}
    }
}
