package dev.caracal.job;

import dev.caracal.connectors.s3.ObjectContent;
import dev.caracal.connectors.s3.ObjectStore;
import dev.caracal.connectors.s3.S3Object;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Objects in this process, whose transfer can be held up in their middle. */
final class GatedObjects implements ObjectStore {

    private static final Map<String, byte[]> CONTENT = new ConcurrentHashMap<>();
    private static final Object GATE = new Object();
    private static long limit = Long.MAX_VALUE;

    static void put(String key, byte[] content) {
        CONTENT.put(key, content);
    }

    /** No object is read beyond so many bytes until the next call. */
    static void limit(long bytes) {
        synchronized (GATE) {
            limit = bytes;
            GATE.notifyAll();
        }
    }

    @Override
    public ObjectContent open(S3Object object, boolean resume) {
        byte[] content = CONTENT.get(object.ref().key());
        GatedStream stream = new GatedStream(content);
        return new ObjectContent(stream, "", object.ref().eTag(), stream::abort);
    }

    @Override
    public void close() {}

    private static final class GatedStream extends InputStream {

        private final InputStream content;
        private long position;
        private boolean aborted;

        GatedStream(byte[] content) {
            this.content = new ByteArrayInputStream(content);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            synchronized (GATE) {
                while (position >= limit && !aborted) {
                    awaitGate();
                }
                if (aborted) {
                    throw new IOException("aborted");
                }
                int read = content.read(buffer, offset, (int) Math.min(length, limit - position));
                position += Math.max(0, read);
                return read;
            }
        }

        private static void awaitGate() throws IOException {
            try {
                GATE.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        void abort() {
            synchronized (GATE) {
                aborted = true;
                GATE.notifyAll();
            }
        }
    }
}
