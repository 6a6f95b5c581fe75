package dev.caracal.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.connectors.DeadLetter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.params.provider.ValueSource;

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

    static List<Arguments> faults() {
        byte[] gzip = TestContent.gzip(LINES);
        byte[] zstd = TestContent.zstd(LINES);
        byte[] bzip2 = TestContent.bzip2(LINES);
        return List.of(
                Arguments.of("truncated", TestContent.head(gzip, gzip.length / 2)),
                Arguments.of("truncated", TestContent.head(gzip, gzip.length - 4)),
                Arguments.of("truncated", TestContent.head(gzip, 5)),
                Arguments.of("truncated", TestContent.head(zstd, zstd.length / 2)),
                Arguments.of("truncated", TestContent.head(bzip2, bzip2.length / 2)),
                Arguments.of("corrupt", TestContent.flip(gzip, gzip.length - 6)),
                Arguments.of("corrupt", TestContent.flip(zstd, zstd.length / 2)),
                Arguments.of("corrupt", TestContent.flip(bzip2, 10)),
                Arguments.of(
                        "corrupt",
                        TestContent.concat(gzip, "garbage".getBytes(StandardCharsets.UTF_8))),
                Arguments.of("wrong-charset", TestContent.concat(LINES, new byte[] {0})));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultyContentKeepsWhatCameBeforeAndEndsInADeadLetter(String reason, byte[] content)
            throws Exception {
        store.put("a", content);
        store.put("b", LINES);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a", "b");
            tester.drain();

            assertThat(tester.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo(reason))
                    .satisfies(letter -> assertThat(letter.stage()).isEqualTo("read"))
                    .satisfies(letter -> assertThat(letter.object()).isEqualTo("s3://logs/a"))
                    .satisfies(letter -> assertThat(letter.recordIndex()).isEqualTo(-1))
                    .satisfies(letter -> assertThat(letter.sourceId()).isEqualTo("source-1"));
            assertThat(tester.batches()).filteredOn(RecordBatch::last).hasSize(1);
            assertThat(recordsOf(tester, "s3://logs/b")).isEqualTo(COUNT);
            long expected = reason.equals("wrong-charset") ? COUNT : 0;
            assertThat(recordsOf(tester, "s3://logs/a")).isGreaterThanOrEqualTo(expected);
        }
    }

    static List<Arguments> tails() {
        byte[] gzip = TestContent.gzip(LINES);
        byte[] zstd = TestContent.zstd(LINES);
        byte[] bzip2 = TestContent.bzip2(LINES);
        return List.of(
                Arguments.of("gzip", gzip, TestContent.head(gzip, 12)),
                Arguments.of("zstd", zstd, TestContent.head(zstd, zstd.length / 4)),
                Arguments.of("zstd, corrupt", zstd, TestContent.flip(zstd, 10)),
                Arguments.of("bzip2", bzip2, TestContent.head(bzip2, bzip2.length / 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tails")
    void recordsBeforeAFaultAreAllKept(String name, byte[] sound, byte[] faulty) throws Exception {
        store.put("a", TestContent.concat(sound, faulty));
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");

            assertThat(tester.drain().records())
                    .hasSizeGreaterThanOrEqualTo(COUNT)
                    .startsWith(TestContent.records(0, COUNT).toArray(new String[0]));
            assertThat(tester.deadLetters()).hasSize(1);
        }
    }

    @Test
    void anUncheckedExceptionOfTheCutterEndsTheObjectNotTheJob() throws Exception {
        store.put("a", "one\n?two\nthree\n".getBytes(StandardCharsets.UTF_8));
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");

            assertThat(tester.drain().records()).containsExactly("0 one");
            assertThat(tester.deadLetters())
                    .singleElement()
                    .satisfies(l -> assertThat(l.reason()).isEqualTo("cutter-failed"))
                    .satisfies(l -> assertThat(l.detail()).contains("cannot cut this"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-denied", "not-found", "role-not-assumable"})
    void anObjectThatCannotBeOpenedIsADeadLetterAtOnce(String reason) throws Exception {
        store.failOpening("a", new UnreadableObjectException(reason, "no"));
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");

            assertThat(tester.drain().deadLetters())
                    .singleElement()
                    .extracting(DeadLetter::reason)
                    .isEqualTo(reason);
            assertThat(store.openings).containsExactly("a");
        }
    }

    @Test
    void aCutConnectionIsOpenedAgainPinnedAndReadOn() throws Exception {
        store.put("a", TestContent.gzip(LINES));
        store.failOpening("a", new IOException("503 SlowDown"));
        store.cutAfter("a", 3_000L, 0L, 4_000L);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");

            assertThat(tester.drain().records()).isEqualTo(TestContent.records(0, COUNT));
            assertThat(tester.deadLetters()).isEmpty();
            assertThat(store.openings)
                    .containsExactly(
                            "a",
                            "a",
                            "a resumed etag-of-a",
                            "a resumed etag-of-a",
                            "a resumed etag-of-a");
        }
    }

    @Test
    void anObjectThatKeepsFailingIsGivenUpWithWhatCameBefore() throws Exception {
        store.put("a", LINES);
        store.cutAfter("a", 9_000L, 100L, 100L, 100L, 100L);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");
            tester.drain();

            assertThat(tester.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo("read-failed"))
                    .satisfies(letter -> assertThat(letter.detail()).contains("Connection reset"));
            int kept = tester.records().size();
            assertThat(kept).isGreaterThan(500);
            assertThat(tester.records()).isEqualTo(TestContent.records(0, kept));
        }
    }

    @Test
    void aDecompressionBombEndsInADeadLetter() throws Exception {
        options.setString("reader.max-compression-ratio", "100");
        String line = "0123456789abcde ".repeat(240) + '\n';
        byte[] bomb = TestContent.gzip(line.repeat(28_000).getBytes(StandardCharsets.UTF_8));
        store.put("a", bomb);
        options.setString("reader.batch-bytes", "256 kb");
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");

            assertThat(tester.drain().deadLetters())
                    .singleElement()
                    .extracting(DeadLetter::reason)
                    .isEqualTo("decompression-bomb");
            assertThat(tester.batches()).isNotEmpty().noneMatch(RecordBatch::last);
        }
    }

    @Test
    void theDecompressedSizeIsLimited() throws Exception {
        options.setString("reader.max-decompressed-bytes", "10 kb");
        store.put("a", TestContent.gzip(LINES));
        store.put("b", LINES);
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a", "b");

            assertThat(tester.drain().deadLetters())
                    .singleElement()
                    .satisfies(l -> assertThat(l.reason()).isEqualTo("decompression-bomb"))
                    .satisfies(l -> assertThat(l.object()).isEqualTo("s3://logs/a"));
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

    @Test
    void anUncheckedExceptionOfTheTransferEndsTheObjectNotTheJob() throws Exception {
        store.put(
                "a",
                "e",
                () ->
                        new InputStream() {
                            @Override
                            public int read() {
                                throw new IllegalStateException("checksum differs");
                            }
                        });
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read("a");

            assertThat(tester.drain().deadLetters())
                    .singleElement()
                    .satisfies(l -> assertThat(l.reason()).isEqualTo("read-failed"))
                    .satisfies(l -> assertThat(l.detail()).contains("checksum differs"));
        }
    }

    private static long recordsOf(ReaderTester tester, String object) {
        return tester.batches().stream()
                .filter(batch -> batch.object().equals(object))
                .mapToInt(RecordBatch::size)
                .sum();
    }
}
