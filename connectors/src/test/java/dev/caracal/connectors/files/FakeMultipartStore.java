package dev.caracal.connectors.files;

import dev.caracal.connectors.files.PendingUpload.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket in memory, which answers as S3 does and fails on demand. */
final class FakeMultipartStore implements MultipartStore {

    static final Map<String, FakeMultipartStore> BY_BUCKET = new ConcurrentHashMap<>();

    /** Each is thrown by one call, which then has done nothing. */
    final Queue<RuntimeException> completeFailures = new ConcurrentLinkedQueue<>();

    final Queue<RuntimeException> uploadFailures = new ConcurrentLinkedQueue<>();

    /** Each is thrown by one call that has worked, as when the answer is lost. */
    final Queue<RuntimeException> lostAnswers = new ConcurrentLinkedQueue<>();

    final AtomicInteger closed = new AtomicInteger();

    private final Map<String, Map<Integer, byte[]>> uploads = new HashMap<>();
    private final Map<String, byte[]> objects = new TreeMap<>();
    private int nextUpload;

    static MultipartStore connect(String bucket) {
        return BY_BUCKET.get(bucket);
    }

    static S3Exception error(String code, int status) {
        return (S3Exception)
                S3Exception.builder()
                        .message(code)
                        .statusCode(status)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage(code)
                                        .build())
                        .build();
    }

    @Override
    public synchronized String create(String key) {
        String id = "upload-" + nextUpload++;
        uploads.put(id, new TreeMap<>());
        return id;
    }

    @Override
    public synchronized String uploadPart(String key, String uploadId, int number, byte[] bytes) {
        RuntimeException failure = uploadFailures.poll();
        if (failure != null) {
            throw failure;
        }
        upload(uploadId).put(number, bytes);
        return "etag-" + number;
    }

    @Override
    public synchronized void complete(PendingUpload upload) {
        RuntimeException failure = completeFailures.poll();
        if (failure != null) {
            throw failure;
        }
        Map<Integer, byte[]> parts = upload(upload.uploadId());
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Part part : upload.parts()) {
            byte[] bytes = parts.get(part.number());
            if (bytes == null || !part.eTag().equals("etag-" + part.number())) {
                throw error("InvalidPart", 400);
            }
            if (part.number() < upload.parts().size() && bytes.length < 5 << 20) {
                throw error("EntityTooSmall", 400);
            }
            content.writeBytes(bytes);
        }
        uploads.remove(upload.uploadId());
        objects.put(upload.key(), content.toByteArray());
        RuntimeException lost = lostAnswers.poll();
        if (lost != null) {
            throw lost;
        }
    }

    @Override
    public synchronized void abort(String key, String uploadId) {
        upload(uploadId);
        uploads.remove(uploadId);
    }

    private Map<Integer, byte[]> upload(String uploadId) {
        Map<Integer, byte[]> parts = uploads.get(uploadId);
        if (parts == null) {
            throw error("NoSuchUpload", 404);
        }
        return parts;
    }

    @Override
    public synchronized boolean exists(String key) {
        return objects.containsKey(key);
    }

    synchronized int uploads() {
        return uploads.size();
    }

    synchronized List<String> keys() {
        return new ArrayList<>(objects.keySet());
    }

    synchronized byte[] content(String key) {
        return objects.get(key);
    }

    List<String> lines(String key) {
        byte[] content = content(key);
        try {
            byte[] plain =
                    key.endsWith(".gz")
                            ? new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes()
                            : content;
            return new String(plain, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(key, e);
        }
    }

    List<String> lines() {
        return keys().stream().flatMap(key -> lines(key).stream()).toList();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
