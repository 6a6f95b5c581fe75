package dev.caracal.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3FileWriterTest {

    private static final int PART = 5 << 20;
    private static final SinkWriter.Context CONTEXT =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return 0;
                }

                @Override
                public Long timestamp() {
                    return null;
                }
            };

    private final FakeMultipartStore store = new FakeMultipartStore();
    private S3FileWriter<Line> writer = writer(Compression.GZIP, 64, 64 << 20);

    @AfterEach
    void everythingIsClosed() {
        writer.close();
        assertThat(store.closed).hasValue(1);
    }

    @Test
    void linesOfOnePartitionAreOneFileThatIsVisibleOnceCommitted() throws Exception {
        write("events/a=1", "one", "two");
        write("events/a=2", "three");

        Collection<PendingUpload> uploads = writer.prepareCommit();
        assertThat(store.keys()).isEmpty();
        uploads.forEach(store::complete);

        assertThat(store.keys())
                .hasSize(2)
                .allMatch(
                        key ->
                                key.matches(
                                        "lake/events/a=[12]/20261124T050000Z-7-[0-9a-f-]{36}"
                                                + "\\.jsonl\\.gz"));
        assertThat(store.lines(store.keys().get(0))).containsExactly("one", "two");
        assertThat(store.lines(store.keys().get(1))).containsExactly("three");
    }

    @Test
    void plainFilesHoldTheLinesAsTheyAre() throws Exception {
        restart(Compression.NONE, 64, 64 << 20);
        write("", "one", "zwei ä");

        writer.prepareCommit().forEach(store::complete);

        String key = store.keys().get(0);
        assertThat(key).endsWith(".jsonl").startsWith("lake/20261124T");
        assertThat(store.content(key)).isEqualTo("one\nzwei ä\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bigFilesAreUploadedInPartsAsTheyFill() throws Exception {
        restart(Compression.NONE, 64, 64 << 20);
        List<String> lines = randomLines(17);

        write("a", lines.toArray(String[]::new));
        Collection<PendingUpload> uploads = writer.prepareCommit();

        assertThat(uploads).singleElement().satisfies(u -> assertThat(u.parts()).hasSize(4));
        uploads.forEach(store::complete);
        assertThat(store.lines()).isEqualTo(lines);
    }

    @Test
    void compressedPartsMakeOneGzipFile() throws Exception {
        List<String> lines = randomLines(17);

        write("a", lines.toArray(String[]::new));
        Collection<PendingUpload> uploads = writer.prepareCommit();

        assertThat(uploads)
                .singleElement()
                .satisfies(u -> assertThat(u.parts()).hasSizeGreaterThan(1));
        uploads.forEach(store::complete);
        assertThat(store.lines()).isEqualTo(lines);
    }

    @Test
    void theBiggestFileIsClosedWhenTooManyAreOpen() throws Exception {
        restart(Compression.NONE, 2, 64 << 20);
        write("small", "x");
        write("big", randomLines(1).toArray(String[]::new));
        write("third", "y");
        write("big", "again");

        Collection<PendingUpload> uploads = writer.prepareCommit();
        assertThat(store.keys()).isEmpty();
        uploads.forEach(store::complete);

        assertThat(store.keys()).filteredOn(key -> key.contains("/big/")).hasSize(2);
        assertThat(store.lines()).hasSize(1 + 16 + 1 + 1);
    }

    @Test
    void theBiggestFileIsClosedWhenTheBuffersAreFull() throws Exception {
        restart(Compression.NONE, 64, 8 << 20);
        List<String> lines = randomLines(4);
        for (String partition : List.of("a", "b", "c", "d")) {
            write(partition, lines.toArray(String[]::new));
        }

        Collection<PendingUpload> uploads = writer.prepareCommit();
        uploads.forEach(store::complete);

        assertThat(uploads.size()).isGreaterThanOrEqualTo(4);
        assertThat(store.lines()).hasSize(4 * lines.size());
    }

    @Test
    void aCheckpointWithoutLinesMakesNoFile() throws Exception {
        write("a", "one");
        assertThat(writer.prepareCommit()).hasSize(1);

        assertThat(writer.prepareCommit()).isEmpty();
    }

    @Test
    void closingAbortsWhatNoCheckpointHasTakenOver() throws Exception {
        restart(Compression.NONE, 1, 64 << 20);
        write("taken", "one");
        Collection<PendingUpload> taken = writer.prepareCommit();
        write("closed early", "two");
        write("open", randomLines(6).toArray(String[]::new));

        writer.close();

        assertThat(store.uploads()).isEqualTo(1);
        taken.forEach(store::complete);
        assertThat(store.lines()).containsExactly("one");
        writer = writer(Compression.NONE, 1, 64 << 20);
        store.closed.set(0);
    }

    @Test
    void aFailedUploadFailsTheCheckpointAndIsAborted() throws Exception {
        write("a", "one");
        store.uploadFailures.add(FakeMultipartStore.error("AccessDenied", 403));

        assertThatThrownBy(() -> writer.prepareCommit())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot upload s3://logs/lake/a/")
                .hasMessageContaining("AccessDenied");

        writer.close();
        assertThat(store.uploads()).isZero();
        store.closed.set(0);
        writer = writer(Compression.NONE, 1, 64 << 20);
    }

    /** 16 lines a MiB that do not compress much. */
    private static List<String> randomLines(int mebibytes) {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < mebibytes * 16; i++) {
            StringBuilder line = new StringBuilder();
            while (line.length() < (1 << 16)) {
                line.append(Long.toHexString(random.nextLong()));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private void write(String partition, String... lines) throws Exception {
        for (String line : lines) {
            writer.write(new Line(partition, line), CONTEXT);
        }
    }

    private void restart(Compression compression, int maxOpenFiles, long maxBufferedBytes) {
        writer.close();
        store.closed.set(0);
        writer = writer(compression, maxOpenFiles, maxBufferedBytes);
    }

    private S3FileWriter<Line> writer(
            Compression compression, int maxOpenFiles, long maxBufferedBytes) {
        S3FileSettings settings =
                new S3FileSettings(
                        "logs", "lake", compression, PART, maxOpenFiles, maxBufferedBytes, 2);
        return new S3FileWriter<>(
                settings,
                new LineEncoder(),
                new PartUploader(store, 2),
                7,
                Clock.fixed(Instant.parse("2026-11-24T05:00:00Z"), ZoneOffset.UTC),
                UnregisteredMetricsGroup.createSinkWriterMetricGroup());
    }

    private record Line(String partition, String text) {}

    private static final class LineEncoder implements S3FileSink.Encoder<Line> {

        @Override
        public String partition(Line line) {
            return line.partition();
        }

        @Override
        public byte[] line(Line line) {
            return line.text().getBytes(StandardCharsets.UTF_8);
        }
    }
}
