package dev.caracal.connectors.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a decoder byte by byte, so that what it has decoded before a fault is not lost with the
 * call that meets the fault.
 */
final class StepwiseStream extends FilterInputStream {

    private @Nullable IOException fault;

    StepwiseStream(InputStream decoder) {
        super(decoder);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (fault != null) {
            throw fault;
        }
        int count = 0;
        try {
            while (count < length) {
                int next = in.read();
                if (next < 0) {
                    return count == 0 ? -1 : count;
                }
                target[offset + count++] = (byte) next;
            }
        } catch (IOException e) {
            if (count == 0) {
                throw e;
            }
            fault = e;
        }
        return count;
    }
}
