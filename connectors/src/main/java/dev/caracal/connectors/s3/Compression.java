package dev.caracal.connectors.s3;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How an object is compressed, told from its first bytes, never from its name. */
enum Compression {
    NONE {
        @Override
        InputStream open(InputStream in, boolean stepwise) {
            return in;
        }
    },
    GZIP {
        @Override
        InputStream open(InputStream in, boolean stepwise) {
            return new GzipStream(in);
        }
    },
    ZSTD {
        @Override
        InputStream open(InputStream in, boolean stepwise) throws IOException {
            return new ZstdInputStreamNoFinalizer(new ZstdSource(in, stepwise))
                    .setLongMax(MAX_ZSTD_WINDOW_LOG);
        }
    },
    BZIP2 {
        @Override
        InputStream open(InputStream in, boolean stepwise) throws IOException {
            // This decoder works byte by byte in any case.
            return new StepwiseStream(new BZip2CompressorInputStream(in, true));
        }
    };

    /** Bytes that {@link #of} wants to see. */
    static final int SIGNATURE_BYTES = 10;

    /** 32 MiB of native memory; zstd's own levels use up to 8 MiB, {@code --ultra} up to 128. */
    private static final int MAX_ZSTD_WINDOW_LOG = 25;

    /** From zstd_errors.h. */
    private static final long ZSTD_WINDOW_TOO_LARGE = 16;

    private static final long ZSTD_SOURCE_SIZE_WRONG = 72;

    /**
     * @param stepwise whether nothing may be lost that was decoded before a fault, even if that is
     *     slower by a factor; zstd alone makes a difference
     */
    abstract InputStream open(InputStream in, boolean stepwise) throws IOException;

    static Compression of(byte[] start) {
        if (begins(start, 0x1f, 0x8b, 0x08)) {
            return GZIP;
        }
        if (begins(start, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        boolean bzip2 =
                begins(start, 'B', 'Z', 'h')
                        && start.length == SIGNATURE_BYTES
                        && (blockBegins(start, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59)
                                || blockBegins(start, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90));
        return bzip2 ? BZIP2 : NONE;
    }

    /** What a failure to decompress means for the object. */
    static UnreadableObjectException explain(Exception e, Compression compression, long at) {
        String where = compression.name().toLowerCase(Locale.ROOT) + " data";
        if (e instanceof ZstdIOException zstd && zstd.getErrorCode() == ZSTD_WINDOW_TOO_LARGE) {
            return new UnreadableObjectException(
                    "unsupported-compression",
                    where + " needs a window of more than 32 MiB to decompress",
                    e);
        }
        if (truncated(e)) {
            return new UnreadableObjectException(
                    "truncated", where + " ends early, after " + at + " decompressed bytes", e);
        }
        return new UnreadableObjectException(
                "corrupt",
                where + " is corrupt after " + at + " decompressed bytes: " + e.getMessage(),
                e);
    }

    private static boolean truncated(Exception e) {
        if (e instanceof ZstdIOException zstd) {
            // Raised by the stream itself, without a code of the library, where its source ends.
            return zstd.getErrorCode() == ZSTD_SOURCE_SIZE_WRONG
                    || String.valueOf(e.getMessage()).contains("Truncated");
        }
        return e instanceof EOFException
                || String.valueOf(e.getMessage()).contains("nexpected end of stream");
    }

    private static boolean begins(byte[] start, int... signature) {
        return matches(start, 0, signature);
    }

    private static boolean blockBegins(byte[] start, int... signature) {
        return matches(start, 4, signature);
    }

    private static boolean matches(byte[] start, int offset, int[] signature) {
        if (start.length < offset + signature.length) {
            return false;
        }
        byte[] expected = new byte[signature.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) signature[i];
        }
        return Arrays.equals(start, offset, offset + expected.length, expected, 0, expected.length);
    }
}
