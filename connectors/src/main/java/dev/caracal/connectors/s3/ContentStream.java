package dev.caracal.connectors.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.apache.flink.metrics.Counter;

/**
 * The decompressed bytes of an object, as the cutter reads them. Guards against decompression bombs
 * and asks for the {@link LongRecordPermit} as soon as a record outgrows a batch.
 */
final class ContentStream extends InputStream {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Small objects may well compress by more than the ratio allowed. */
    private static final long BOMB_MIN_BYTES = 100L * 1024 * 1024;

    private final TransferStream transfer;
    private final ReaderSettings settings;
    private final LongRecordPermit.Holder longRecords;
    private final Counter metric;
    private final Compression compression;
    private final InputStream in;
    private long bytes;
    private long recordStart;

    ContentStream(
            TransferStream transfer,
            ReaderSettings settings,
            LongRecordPermit.Holder longRecords,
            boolean stepwise,
            Counter metric)
            throws IOException {
        this.transfer = transfer;
        this.settings = settings;
        this.longRecords = longRecords;
        this.metric = metric;
        BufferedInputStream buffered = new BufferedInputStream(transfer, BUFFER_BYTES);
        buffered.mark(Compression.SIGNATURE_BYTES);
        compression = Compression.of(buffered.readNBytes(Compression.SIGNATURE_BYTES));
        buffered.reset();
        if (compression == Compression.BZIP2) {
            take();
        }
        in = opened(buffered, stepwise);
    }

    private InputStream opened(InputStream buffered, boolean stepwise) throws IOException {
        try {
            return compression.open(buffered, stepwise);
        } catch (TransferException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Compression.explain(e, compression, 0);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = decompress(buffer, offset, length);
        if (read < 0) {
            return -1;
        }
        bytes += read;
        if (bytes - recordStart > settings.batchBytes()) {
            take();
        }
        if (compression != Compression.NONE) {
            checkBomb();
        }
        metric.inc(read);
        return read;
    }

    private int decompress(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (TransferException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Compression.explain(e, compression, bytes);
        }
    }

    private void take() throws IOException {
        try {
            longRecords.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for memory");
        }
    }

    private void checkBomb() throws UnreadableObjectException {
        boolean tooDense =
                bytes > BOMB_MIN_BYTES && bytes / settings.bomb().maxRatio() > transfer.bytes();
        if (!tooDense && bytes <= settings.bomb().maxBytes()) {
            return;
        }
        throw new UnreadableObjectException(
                "decompression-bomb",
                transfer.bytes()
                        + " compressed bytes have grown to "
                        + bytes
                        + "; allowed are "
                        + settings.bomb().maxBytes()
                        + " bytes and a ratio of "
                        + settings.bomb().maxRatio());
    }

    /** Tells that what is read from now on belongs to the next record. */
    void startRecord() {
        recordStart = bytes;
    }

    long bytes() {
        return bytes;
    }

    /** Frees the decoder, whose memory may be native; the transfer is left alone. */
    @Override
    public void close() throws IOException {
        in.close();
    }
}
