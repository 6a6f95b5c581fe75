package dev.caracal.connectors.files;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** Writes lines into one open file per partition, and finishes all of them at a checkpoint. */
final class S3FileWriter<T> implements CommittingSinkWriter<T, PendingUpload> {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final S3FileSettings settings;
    private final S3FileSink.Encoder<T> encoder;
    private final PartUploader uploader;
    private final int subtask;
    private final InstantSource clock;
    private final SinkWriterMetricGroup metrics;

    /** By partition. */
    private final Map<String, OpenFile> open = new HashMap<>();

    /** Finished, and not yet taken over by a checkpoint. */
    private final List<OpenFile> closed = new ArrayList<>();

    private long bufferedBytes;

    S3FileWriter(
            S3FileSettings settings,
            S3FileSink.Encoder<T> encoder,
            PartUploader uploader,
            int subtask,
            InstantSource clock,
            SinkWriterMetricGroup metrics) {
        this.settings = settings;
        this.encoder = encoder;
        this.uploader = uploader;
        this.subtask = subtask;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        String partition = encoder.partition(element);
        OpenFile file = open.get(partition);
        if (file == null) {
            file = open(partition);
        }
        byte[] line = encoder.line(element);
        bufferedBytes -= file.bufferedBytes();
        file.add(line);
        bufferedBytes += file.bufferedBytes();
        metrics.getNumRecordsSendCounter().inc();
        metrics.getNumBytesSendCounter().inc(line.length + 1L);
        if (bufferedBytes > settings.maxBufferedBytes()) {
            closeBiggest();
        }
    }

    private OpenFile open(String partition) throws IOException, InterruptedException {
        if (open.size() >= settings.maxOpenFiles()) {
            closeBiggest();
        }
        OpenFile file = new OpenFile(settings, key(partition), uploader);
        open.put(partition, file);
        return file;
    }

    private String key(String partition) {
        String name =
                TIMESTAMP.format(clock.instant())
                        + '-'
                        + subtask
                        + '-'
                        + UUID.randomUUID()
                        + ".jsonl"
                        + settings.compression().suffix();
        return Stream.of(settings.prefix(), partition, name)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    private void closeBiggest() throws IOException, InterruptedException {
        String partition =
                open.entrySet().stream()
                        .max(Comparator.comparingInt(entry -> entry.getValue().bufferedBytes()))
                        .orElseThrow()
                        .getKey();
        close(open.remove(partition));
    }

    private void close(OpenFile file) throws IOException, InterruptedException {
        bufferedBytes -= file.bufferedBytes();
        // Before it is finished, so that it is aborted if finishing fails.
        closed.add(file);
        file.finish();
    }

    /** Uploads nothing: a checkpoint does so, and the buffers are bounded. */
    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<PendingUpload> prepareCommit() throws IOException, InterruptedException {
        for (OpenFile file : List.copyOf(open.values())) {
            close(file);
        }
        open.clear();
        List<PendingUpload> uploads = new ArrayList<>();
        for (OpenFile file : closed) {
            uploads.add(await(file));
        }
        closed.clear();
        return uploads;
    }

    private PendingUpload await(OpenFile file) throws IOException, InterruptedException {
        try {
            return file.upload().get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "Cannot upload s3://"
                            + settings.bucket()
                            + '/'
                            + file.key()
                            + ": "
                            + e.getCause(),
                    e);
        }
    }

    /** Gives up what no checkpoint has taken over. */
    @Override
    public void close() {
        Stream.concat(open.values().stream(), closed.stream()).distinct().forEach(OpenFile::abort);
        uploader.close();
    }
}
