package dev.caracal.connectors.s3;

import dev.caracal.connectors.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** One reader subtask on Flink's operator harness. */
final class ReaderTester implements AutoCloseable {

    final OneInputStreamOperatorTestHarness<S3Object, RecordBatch> harness;

    private ReaderTester(FakeObjectStore store, Configuration options, int subtasks, int index)
            throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ObjectReaderOperator.Factory(
                                ReaderSettings.of(options), connections -> store, LineCutter::new),
                        128,
                        subtasks,
                        index);
    }

    static ReaderTester open(FakeObjectStore store, Configuration options) throws Exception {
        ReaderTester tester = new ReaderTester(store, options, 1, 0);
        tester.harness.open();
        return tester;
    }

    static ReaderTester restore(
            FakeObjectStore store,
            Configuration options,
            OperatorSubtaskState state,
            int oldSubtasks,
            int subtasks,
            int index)
            throws Exception {
        ReaderTester tester = new ReaderTester(store, options, subtasks, index);
        tester.harness.setup();
        tester.harness.initializeState(
                OneInputStreamOperatorTestHarness.repartitionOperatorState(
                        state, 128, oldSubtasks, subtasks, index));
        tester.harness.open();
        return tester;
    }

    static Configuration options() {
        Configuration options = new Configuration();
        options.setString("reader.retry-delay", "1 ms");
        options.setString("reader.batch-bytes", "1 kb");
        options.setString("reader.max-record-bytes", "4 kb");
        options.setString("reader.attempts", "3");
        return options;
    }

    static S3Object object(String key) {
        return new S3Object(
                new S3ObjectRef("logs", key, "", "", -1),
                "",
                "",
                "lines",
                "source-1",
                "lane-1",
                "route-1",
                1_000);
    }

    void read(String... keys) throws Exception {
        for (String key : keys) {
            harness.processElement(object(key), 0);
        }
    }

    /** Ends the input, which reads everything that is in flight. */
    ReaderTester drain() throws Exception {
        harness.endInput();
        return this;
    }

    /** Runs mails until that many batches have come out. */
    void runUntilBatches(int count) throws Exception {
        while (batches().size() < count) {
            Mail mail = harness.getTaskMailbox().take(0);
            mail.run();
        }
    }

    Optional<Mail> nextMail() {
        return harness.getTaskMailbox().tryTake(0);
    }

    List<RecordBatch> batches() {
        return harness.extractOutputValues();
    }

    /** All records as {@code position text}, in the order they came. */
    List<String> records() {
        List<String> records = new ArrayList<>();
        for (RecordBatch batch : batches()) {
            for (int i = 0; i < batch.size(); i++) {
                String text =
                        new String(
                                batch.data(),
                                batch.start(i),
                                batch.ends()[i] - batch.start(i),
                                StandardCharsets.UTF_8);
                records.add(batch.firstIndex() + i + " " + text);
            }
        }
        return records;
    }

    List<DeadLetter> deadLetters() {
        var letters = harness.getSideOutput(S3ObjectReader.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
