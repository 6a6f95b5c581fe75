package dev.caracal.connectors.files;

import dev.caracal.connectors.files.PendingUpload.Part;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file that lines are added to; each part is uploaded when it is full. */
final class OpenFile {

    /** Lines are short, and every call into the deflater costs. */
    private static final int LINE_BUFFER_BYTES = 16 * 1024;

    /** On logs level 3 takes about half the time of the default 6, for a few per cent of size. */
    private static final int GZIP_LEVEL = 3;

    private static final int GZIP_BUFFER_BYTES = 8 * 1024;

    private final S3FileSettings settings;
    private final String key;
    private final PartUploader uploader;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(LINE_BUFFER_BYTES);
    private final OutputStream lines;
    private final List<CompletableFuture<String>> parts = new ArrayList<>();
    private @Nullable CompletableFuture<String> uploadId;

    OpenFile(S3FileSettings settings, String key, PartUploader uploader) throws IOException {
        this.settings = settings;
        this.key = key;
        this.uploader = uploader;
        this.lines = new BufferedOutputStream(compressed(), LINE_BUFFER_BYTES);
    }

    private OutputStream compressed() throws IOException {
        return switch (settings.compression()) {
            case NONE -> buffer;
            case GZIP -> new FastGzip(buffer);
        };
    }

    String key() {
        return key;
    }

    /** Bytes on the heap that are not yet on their way. */
    int bufferedBytes() {
        return buffer.size();
    }

    void add(byte[] line) throws IOException, InterruptedException {
        lines.write(line);
        lines.write('\n');
        if (buffer.size() >= settings.partBytes()) {
            uploadPart();
        }
    }

    private void uploadPart() throws InterruptedException {
        byte[] bytes = buffer.toByteArray();
        buffer.reset();
        parts.add(uploader.uploadPart(key, uploadId(), parts.size() + 1, bytes));
    }

    private CompletableFuture<String> uploadId() {
        if (uploadId == null) {
            uploadId = uploader.create(key);
        }
        return uploadId;
    }

    /** Sends the rest; nothing is added afterwards. */
    void finish() throws IOException, InterruptedException {
        lines.close();
        uploadPart();
    }

    /** Done when all of a finished file is uploaded. */
    CompletableFuture<PendingUpload> upload() {
        return sent().thenCombine(
                        uploadId(),
                        (done, id) ->
                                new PendingUpload(settings.bucket(), key, id, uploadedParts()));
    }

    private CompletableFuture<Void> sent() {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new));
    }

    private List<Part> uploadedParts() {
        return IntStream.range(0, parts.size())
                .mapToObj(index -> new Part(index + 1, parts.get(index).join()))
                .toList();
    }

    /** Gives the file up, with what is uploaded of it. */
    void abort() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new IllegalStateException("A buffer in memory failed: " + key, e);
        }
        if (uploadId != null) {
            uploader.abort(key, uploadId, sent());
        }
    }

    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, GZIP_BUFFER_BYTES);
            def.setLevel(GZIP_LEVEL);
        }
    }
}
