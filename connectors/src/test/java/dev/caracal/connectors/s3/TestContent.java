package dev.caracal.connectors.s3;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Contents of objects for tests. */
final class TestContent {

    private TestContent() {}

    private interface Wrapper {
        OutputStream wrap(OutputStream out) throws IOException;
    }

    static byte[] lines(int count) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, count).forEach(i -> text.append("record ").append(i).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What {@link ReaderTester#records} shows of {@link #lines} from {@code from} on. */
    static List<String> records(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> i + " record " + i).toList();
    }

    static byte[] gzip(byte[] content) {
        return compress(content, GZIPOutputStream::new);
    }

    static byte[] zstd(byte[] content) {
        return compress(content, out -> new ZstdOutputStream(out).setChecksum(true));
    }

    static byte[] bzip2(byte[] content) {
        return compress(content, BZip2CompressorOutputStream::new);
    }

    private static byte[] compress(byte[] content, Wrapper wrapper) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = wrapper.wrap(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] head(byte[] content, int length) {
        return Arrays.copyOf(content, length);
    }

    static byte[] flip(byte[] content, int at) {
        byte[] copy = content.clone();
        copy[at] ^= 0x55;
        return copy;
    }
}
