package dev.caracal.connectors.s3;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of one width, made as they are read: their position in ten digits, then filling. */
final class GeneratedLines extends InputStream {

    static final int DIGITS = 10;

    private final byte[] line;
    private final long count;
    private long index = -1;
    private int position;

    GeneratedLines(long count, int width) {
        this.count = count;
        line =
                ("0".repeat(DIGITS) + "x".repeat(width - DIGITS - 1) + '\n')
                        .getBytes(StandardCharsets.US_ASCII);
        position = line.length;
    }

    static long index(byte[] data, int start) {
        return Long.parseLong(new String(data, start, DIGITS, StandardCharsets.US_ASCII));
    }

    @Override
    public int read() {
        return startLine() ? line[position++] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int done = 0;
        while (done < length && startLine()) {
            int part = Math.min(length - done, line.length - position);
            System.arraycopy(line, position, target, offset + done, part);
            position += part;
            done += part;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private boolean startLine() {
        if (position < line.length) {
            return true;
        }
        if (++index >= count) {
            index = count;
            return false;
        }
        long rest = index;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            line[digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        position = 0;
        return true;
    }
}
