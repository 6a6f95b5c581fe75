package dev.caracal.connectors.s3;

import java.io.IOException;
import java.io.InputStream;

/**
 * Feeds zstd-jni's stream so that it notices every truncation. It forgets that a frame is
 * unfinished when the frame began in the same read as the one before it ended, and takes the data
 * for complete; so the last byte always comes in a read of its own.
 */
final class ZstdSource extends InputStream {

    private static final int NOT_STARTED = -2;

    private final InputStream in;
    private final boolean stepwise;
    private int held = NOT_STARTED;

    /**
     * @param stepwise whether bytes come one by one, so that the decoder hands out everything it
     *     decoded before it meets a fault
     */
    ZstdSource(InputStream in, boolean stepwise) {
        this.in = in;
        this.stepwise = stepwise;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (held == NOT_STARTED) {
            held = in.read();
        }
        if (held < 0) {
            return -1;
        }
        target[offset] = (byte) held;
        if (stepwise || length == 1) {
            held = in.read();
            return 1;
        }
        int read = in.read(target, offset + 1, length - 1);
        if (read < 0) {
            held = -1;
            return 1;
        }
        held = target[offset + read] & 0xff;
        return read;
    }
}
