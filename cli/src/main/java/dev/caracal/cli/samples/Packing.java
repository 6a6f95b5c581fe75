package dev.caracal.cli.samples;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Text as the bytes of an object. */
final class Packing {

    private Packing() {}

    static byte[] plain(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] zstd(List<String> lines) {
        return Zstd.compress(plain(lines));
    }

    static byte[] gzip(List<String> lines) {
        return gzip(plain(lines));
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** The first part of a gzip file, as an upload that broke off leaves it. */
    static byte[] firstHalf(byte[] gzip) {
        return Arrays.copyOf(gzip, gzip.length / 2);
    }

    /** How many whole lines can still be read from a gzip file that breaks off. */
    static long wholeLines(byte[] brokenGzip) {
        long lines = 0;
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(brokenGzip))) {
            for (int next = content.read(); next >= 0; next = content.read()) {
                if (next == '\n') {
                    lines++;
                }
            }
        } catch (EOFException e) {
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("the gzip file is whole: " + lines + " lines");
    }
}
