package dev.caracal.connectors.s3;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Objects in memory, whose opening and reading can be made to fail. */
final class FakeObjectStore implements ObjectStore {

    private record Stored(Supplier<InputStream> content, String eTag) {}

    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final Map<String, Queue<IOException>> openFaults = new ConcurrentHashMap<>();
    private final Map<String, Queue<Long>> cuts = new ConcurrentHashMap<>();

    /** Every opening, as {@code key} or {@code key resumed eTag}. */
    final List<String> openings = new CopyOnWriteArrayList<>();

    volatile boolean closed;

    void put(String key, byte[] content) {
        put(key, "etag-of-" + key, () -> new ByteArrayInputStream(content));
    }

    void put(String key, String eTag, Supplier<InputStream> content) {
        objects.put(key, new Stored(content, eTag));
    }

    void failOpening(String key, IOException... faults) {
        openFaults.put(key, new ConcurrentLinkedQueue<>(List.of(faults)));
    }

    /** Cuts the connection after so many bytes, once for each number. */
    void cutAfter(String key, Long... bytes) {
        cuts.put(key, new ConcurrentLinkedQueue<>(List.of(bytes)));
    }

    @Override
    public ObjectContent open(S3Object object, boolean resume) throws IOException {
        String key = object.ref().key();
        openings.add(resume ? key + " resumed " + object.ref().eTag() : key);
        IOException fault = poll(openFaults, key);
        if (fault != null) {
            throw fault;
        }
        Stored stored = objects.get(key);
        if (stored == null) {
            throw new UnreadableObjectException("not-found", object.ref() + ": 404 NoSuchKey");
        }
        if (resume && !stored.eTag.equals(object.ref().eTag())) {
            throw new UnreadableObjectException("changed", object.ref() + ": 412");
        }
        Long cut = poll(cuts, key);
        InputStream content = stored.content.get();
        return new ObjectContent(
                cut == null ? content : new CutStream(content, cut), "", stored.eTag, () -> {});
    }

    private static <T> T poll(Map<String, Queue<T>> queues, String key) {
        Queue<T> queue = queues.get(key);
        return queue == null ? null : queue.poll();
    }

    @Override
    public void close() {
        closed = true;
    }

    private static final class CutStream extends FilterInputStream {

        private long left;

        CutStream(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                throw new IOException("Connection reset");
            }
            int read = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }

    /** Blocks until the thread is interrupted; counts down when it begins. */
    static InputStream blocking(CountDownLatch begun) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("interrupted");
            }
        };
    }
}
