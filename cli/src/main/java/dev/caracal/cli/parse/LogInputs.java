package dev.caracal.cli.parse;

import dev.caracal.cli.Console;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Raw logs as they are named on the command line: files, stdin as {@code -}, objects in S3; plain,
 * or compressed with gzip, zstd or bzip2.
 */
public final class LogInputs implements AutoCloseable {

    /** How stdin is named. */
    public static final String STDIN = "-";

    private static final int BUFFER_BYTES = 64 << 10;
    private static final Set<String> COMPRESSIONS =
            Set.of(CompressorStreamFactory.ZSTANDARD, CompressorStreamFactory.BZIP2);

    private final Console console;
    private final S3Options s3;
    private @Nullable BucketLogs bucket;

    public LogInputs(Console console, S3Options s3) {
        this.console = console;
        this.s3 = s3;
    }

    /** What is done with an input. */
    public interface Reader {

        /**
         * @param content decompressed
         */
        void read(String input, InputStream content) throws IOException;
    }

    /** What is done with an input that cannot be read to its end. */
    public interface Failure {
        void accept(String input, String why);
    }

    /** Reads what the names stand for, one after the other; a prefix in S3 stands for many. */
    public void forEach(List<String> names, Reader reader, Failure failure) {
        for (String name : names) {
            try {
                for (String input : expand(name)) {
                    read(input, reader, failure);
                }
            } catch (IOException | SdkException e) {
                failure.accept(name, String.valueOf(e.getMessage()));
            }
        }
    }

    /** The inputs that a name stands for: a prefix in S3 stands for many. */
    public List<String> expand(String name) throws IOException {
        return name.startsWith(BucketLogs.SCHEME) ? bucket().list(name) : List.of(name);
    }

    private void read(String input, Reader reader, Failure failure) {
        try (InputStream in = open(input);
                InputStream content = decompress(new BufferedInputStream(in, BUFFER_BYTES))) {
            reader.read(input.equals(STDIN) ? "stdin" : input, content);
        } catch (IOException | SdkException e) {
            failure.accept(input, String.valueOf(e.getMessage()));
        }
    }

    private InputStream open(String input) throws IOException {
        if (input.equals(STDIN)) {
            return console.in();
        }
        return input.startsWith(BucketLogs.SCHEME)
                ? bucket().open(input)
                : new FileInputStream(input);
    }

    private static InputStream decompress(BufferedInputStream in) throws IOException {
        try {
            String name = CompressorStreamFactory.detect(in);
            if (name.equals(CompressorStreamFactory.GZIP)) {
                // Unlike the library's, it hands out what comes before a fault.
                return new GZIPInputStream(in, BUFFER_BYTES);
            }
            return COMPRESSIONS.contains(name)
                    ? new CompressorStreamFactory(true).createCompressorInputStream(name, in)
                    : in;
        } catch (CompressorException e) {
            // No signature of a compression: the content is plain.
            return in;
        }
    }

    private BucketLogs bucket() {
        if (bucket == null) {
            bucket = new BucketLogs(s3.settings());
        }
        return bucket;
    }

    @Override
    public void close() {
        if (bucket != null) {
            bucket.close();
        }
    }
}
