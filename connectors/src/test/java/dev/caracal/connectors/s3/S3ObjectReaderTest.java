package dev.caracal.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.connectors.DeadLetter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class S3ObjectReaderTest {

    private static final int COUNT = 2_000;
    private static final byte[] LINES = TestContent.lines(COUNT);

    private final FakeObjectStore store = new FakeObjectStore();
    private final Configuration options = ReaderTester.options();

    static List<Arguments> compressions() {
        byte[] head = TestContent.lines(COUNT / 2);
        byte[] tail = Arrays.copyOfRange(LINES, head.length, LINES.length);
        return List.of(
                Arguments.of("plain", LINES),
                Arguments.of("gzip", TestContent.gzip(LINES)),
                Arguments.of(
                        "gzip with several members",
                        TestContent.concat(TestContent.gzip(head), TestContent.gzip(tail))),
                Arguments.of("zstd", TestContent.zstd(LINES)),
                Arguments.of(
                        "zstd with several frames",
                        TestContent.concat(TestContent.zstd(head), TestContent.zstd(tail))),
                Arguments.of("bzip2", TestContent.bzip2(LINES)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compressions")
    void everyRecordComesOutOnceInOrder(String name, byte[] content) throws Exception {
        store.put("a", content);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.drain();

            assertThat(tester.records()).isEqualTo(TestContent.records(0, COUNT));
            assertThat(tester.deadLetters()).isEmpty();
            assertThat(tester.batches())
                    .allSatisfy(batch -> assertThat(batch.data()).hasSizeLessThanOrEqualTo(1024))
                    .filteredOn(RecordBatch::last)
                    .hasSize(1);
        }
    }

    /** Content whose next bytes have never arrived yet, as on a slow connection. */
    @Test
    void aGzipMemberThatArrivesLateIsNotLost() throws Exception {
        byte[] content =
                TestContent.concat(TestContent.gzip(LINES), TestContent.gzip(new byte[] {'x'}));
        store.put(
                "a",
                "etag",
                () ->
                        new ByteArrayInputStream(content) {
                            @Override
                            public synchronized int read(byte[] b, int off, int len) {
                                return super.read(b, off, Math.min(len, 7));
                            }

                            @Override
                            public synchronized int available() {
                                return 0;
                            }
                        });
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            assertThat(tester.drain().records()).hasSize(COUNT + 1).endsWith(COUNT + " x");
        }
    }

    @Test
    void batchesSayWhereTheirRecordsComeFrom() throws Exception {
        store.put("a", LINES);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.drain();

            assertThat(tester.batches())
                    .hasSizeGreaterThan(2)
                    .allSatisfy(
                            batch -> {
                                assertThat(batch.lane()).isEqualTo("lane-1");
                                assertThat(batch.route()).isEqualTo("route-1");
                                assertThat(batch.objectId()).isEqualTo("logs/a@etag-of-a");
                                assertThat(batch.object()).isEqualTo("s3://logs/a");
                                assertThat(batch.header()).asString().isEqualTo("record 0");
                                assertThat(batch.createdTimeMillis()).isEqualTo(1_000);
                            });
        }
    }

    @Test
    void anEmptyObjectEndsWithOneEmptyBatch() throws Exception {
        store.put("a", new byte[0]);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.drain();

            assertThat(tester.batches())
                    .singleElement()
                    .satisfies(batch -> assertThat(batch.last()).isTrue())
                    .satisfies(batch -> assertThat(batch.size()).isZero());
        }
    }

    @Test
    void aRejectedRecordLeavesAGapAndGoesToTheDeadLetters() throws Exception {
        store.put("a", "one\n!two\n!three\nfour\n".getBytes(StandardCharsets.UTF_8));
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.drain();

            assertThat(tester.records()).containsExactly("0 one", "3 four");
            assertThat(tester.batches()).extracting(RecordBatch::firstIndex).contains(0L, 3L);
            assertThat(tester.deadLetters())
                    .extracting(DeadLetter::reason, DeadLetter::recordIndex, DeadLetter::text)
                    .containsExactly(
                            tuple("bad-line", 1L, "!two"), tuple("bad-line", 2L, "!three"));
        }
    }

    @Test
    void aRecordLongerThanABatchMakesABatchOfItsOwnAndOneBeyondTheLimitADeadLetter()
            throws Exception {
        String longer = "x".repeat(4_000);
        String text = "one\n" + longer + "\n" + "y".repeat(4_097) + "\nfour\n";
        store.put("a", text.getBytes(StandardCharsets.UTF_8));
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.drain();

            assertThat(tester.records()).containsExactly("0 one", "1 " + longer, "3 four");
            assertThat(tester.deadLetters())
                    .singleElement()
                    .extracting(DeadLetter::reason)
                    .isEqualTo("record-too-long");
        }
    }

    @Test
    void aRestoredReaderGoesOnAtTheRecordWhereTheCheckpointStood() throws Exception {
        byte[] content = "one\n!two\n".getBytes(StandardCharsets.UTF_8);
        store.put("a", TestContent.gzip(TestContent.concat(content, LINES)));
        OperatorSubtaskState state;
        List<String> before;
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.runUntilBatches(3);
            state = tester.harness.snapshot(1, 1);
            before = tester.records();
            assertThat(tester.deadLetters()).hasSize(1);
        }
        assertThat(before).hasSizeBetween(3, COUNT);
        try (ReaderTester tester = ReaderTester.restore(store, options, state, 1, 1, 0)) {
            tester.drain();

            List<String> all = new ArrayList<>(before);
            all.addAll(tester.records());
            assertThat(all).hasSize(COUNT + 1).doesNotHaveDuplicates();
            assertThat(all.get(COUNT)).isEqualTo(COUNT + 1 + " record " + (COUNT - 1));
            assertThat(tester.deadLetters()).isEmpty();
            assertThat(tester.batches().get(0).header()).asString().isEqualTo("one");
            assertThat(store.openings).containsExactly("a", "a resumed etag-of-a");
        }
    }

    static List<Arguments> changes() {
        return List.of(
                Arguments.of("other ETag", "other", LINES),
                Arguments.of("fewer records", "etag-of-a", TestContent.lines(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void anObjectThatChangedSinceTheCheckpointIsADeadLetter(
            String name, String eTag, byte[] content) throws Exception {
        store.put("a", LINES);
        OperatorSubtaskState state;
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.runUntilBatches(3);
            state = tester.harness.snapshot(1, 1);
        }
        store.put("a", eTag, () -> new ByteArrayInputStream(content));
        try (ReaderTester tester = ReaderTester.restore(store, options, state, 1, 1, 0)) {
            tester.drain();

            assertThat(tester.deadLetters())
                    .singleElement()
                    .extracting(DeadLetter::reason)
                    .isEqualTo("changed");
            assertThat(tester.batches()).isEmpty();
        }
    }

    @Test
    void theObjectsInFlightSpreadOverMoreSubtasks() throws Exception {
        options.setString("reader.concurrency", "2");
        String[] keys = {"a", "b", "c", "d", "e"};
        CountDownLatch begun = new CountDownLatch(2);
        for (String key : keys) {
            store.put(key, "e", () -> FakeObjectStore.blocking(begun));
        }
        OperatorSubtaskState state;
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            // A foreign mail lets objects in while the reader is at capacity.
            tester.harness.getTaskMailbox().put(foreignMail());
            tester.read(keys);
            begun.await();
            state = tester.harness.snapshot(1, 1);
        }
        for (String key : keys) {
            store.put(key, "e", () -> new ByteArrayInputStream(LINES));
        }
        int records = 0;
        for (int index = 0; index < 2; index++) {
            try (ReaderTester tester = ReaderTester.restore(store, options, state, 1, 2, index)) {
                List<String> found = tester.drain().records();
                assertThat(found).hasSizeBetween(2 * COUNT, 3 * COUNT);
                records += found.size();
            }
        }
        assertThat(records).isEqualTo(5 * COUNT);
    }

    private static Mail foreignMail() {
        return new Mail(() -> {}, -1, "a checkpoint, for example");
    }

    @Test
    void atCapacityAnObjectIsTakenAsSoonAsAnotherMailWantsTheThread() throws Exception {
        options.setString("reader.concurrency", "1");
        CountDownLatch begun = new CountDownLatch(1);
        store.put("a", "e", () -> FakeObjectStore.blocking(begun));
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            begun.await();
            tester.harness.getTaskMailbox().put(foreignMail());

            tester.read("b");

            assertThat(tester.harness.getTaskMailbox().hasMail()).isTrue();
        }
    }

    @Test
    void aWatermarkWaitsForTheObjectsBeforeIt() throws Exception {
        store.put("a", LINES);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.harness.processWatermark(5);
            assertThat(tester.harness.getOutput()).doesNotContain(new Watermark(5));

            tester.drain();

            Object[] output = tester.harness.getOutput().toArray();
            assertThat(output[output.length - 1]).isEqualTo(new Watermark(5));
        }
    }

    @Test
    void closingEndsReadsThatHangAndClosesTheStore() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        store.put("a", "e", () -> FakeObjectStore.blocking(begun));
        store.put("b", "e", () -> FakeObjectStore.blocking(begun));
        ReaderTester tester = ReaderTester.open(store, options);
        tester.read("a", "b");
        begun.await();

        long start = System.nanoTime();
        tester.close();

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(5);
        assertThat(store.closed).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.endsWith(" I/O"));
    }
}
