package dev.caracal.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.DeadLetter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content and connections that fail: what came before is kept, other objects go on. */
@Timeout(60)
class S3ObjectReaderFaultTest {

    private static final int COUNT = 2_000;
    private static final byte[] LINES = TestContent.lines(COUNT);

    private final FakeObjectStore store = new FakeObjectStore();
    private final Configuration options = ReaderTester.options();

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
