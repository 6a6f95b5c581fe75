package dev.caracal.connectors.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import org.apache.flink.metrics.Counter;

/**
 * The bytes of an object as stored, counted. What goes wrong here is the transfer's fault, never
 * the content's, and leaves as a {@link TransferException}.
 */
final class TransferStream extends InputStream {

    private final InputStream in;
    private final BooleanSupplier cancelled;
    private final Counter metric;
    private long bytes;
    private boolean atEnd;

    TransferStream(InputStream in, BooleanSupplier cancelled, Counter metric) {
        this.in = in;
        this.cancelled = cancelled;
        this.metric = metric;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (cancelled.getAsBoolean()) {
            throw new TransferException(new IOException("The reader is closing"));
        }
        int read;
        try {
            read = in.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            // The SDK reports a failed checksum, among others, by unchecked exceptions.
            throw new TransferException(e);
        }
        if (read < 0) {
            atEnd = true;
            return -1;
        }
        bytes += read;
        metric.inc(read);
        return read;
    }

    long bytes() {
        return bytes;
    }

    boolean atEnd() {
        return atEnd;
    }
}
