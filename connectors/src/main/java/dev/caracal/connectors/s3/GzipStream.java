package dev.caracal.connectors.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses gzip data of any number of members (RFC 1952).
 *
 * <p>The JDK's stream will not do: it takes the data for ended where one member ends and the bytes
 * of the next have not arrived yet (it asks {@code available()}), and overlooks garbage. Others
 * lose what they had decompressed when they come upon a fault; this one hands it out first.
 */
final class GzipStream extends InputStream {

    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private boolean inMember;
    private boolean anyMember;
    private @Nullable IOException fault;

    GzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (fault != null) {
                throw fault;
            }
            if (!inMember && !startMember()) {
                return -1;
            }
            int inflated = inflate(target, offset, length);
            if (inflated > 0) {
                crc.update(target, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                endMember();
            } else if (fault == null && inflater.needsInput()) {
                if (!fill()) {
                    throw new EOFException("Gzip data ends inside a member");
                }
                inflater.setInput(buffer, start, end - start);
            }
        }
    }

    private int inflate(byte[] target, int offset, int length) {
        long before = inflater.getBytesWritten();
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            fault = new IOException(e.getMessage() == null ? "bad data" : e.getMessage(), e);
            return (int) (inflater.getBytesWritten() - before);
        }
    }

    private boolean startMember() throws IOException {
        if (anyMember) {
            // Some writers pad with zeros to a block; gzip(1) passes over them, too.
            while (start < end || fill()) {
                if (buffer[start] != 0) {
                    break;
                }
                start++;
            }
        }
        if (start == end && !fill()) {
            return false;
        }
        if (next() != 0x1f || next() != 0x8b || next() != DEFLATE) {
            throw new IOException("garbage where a gzip member was expected");
        }
        int flags = next();
        skip(6); // modification time, extra flags, operating system
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(buffer, start, end - start);
        crc.reset();
        inMember = true;
        anyMember = true;
        return true;
    }

    private void endMember() throws IOException {
        start = end - inflater.getRemaining();
        inMember = false;
        long expectedCrc = nextInt();
        long expectedSize = nextInt();
        if (expectedCrc != crc.getValue()) {
            throw new IOException("checksum of a gzip member differs");
        }
        if (expectedSize != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new IOException("size of a gzip member differs");
        }
    }

    private long nextInt() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // up to and with the terminating zero
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private int next() throws IOException {
        if (start == end && !fill()) {
            throw new EOFException("Gzip data ends inside a member's header or trailer");
        }
        return buffer[start++] & 0xff;
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    /** Frees the native memory; leaves the source open. */
    @Override
    public void close() {
        inflater.end();
    }
}
