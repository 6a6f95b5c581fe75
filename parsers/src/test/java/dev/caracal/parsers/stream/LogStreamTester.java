package dev.caracal.parsers.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Reads content by a log stream, in chunks of several sizes.
 *
 * <p>Records are written in one line with {@code |} between them; a rejected record is {@code
 * !reason}, and an object that cannot be read on ends in {@code !!reason}.
 */
final class LogStreamTester {

    /** Longest record allowed. */
    static final int MAX = 64;

    static final String LONG = "x".repeat(100);

    private LogStreamTester() {}

    static void assertRecords(String name, byte[] content, String expected) throws IOException {
        List<String> records = expected.isEmpty() ? List.of() : List.of(expected.split("\\|"));
        for (int chunk : new int[] {1, 2, 3, 7, 64, Integer.MAX_VALUE}) {
            assertThat(read(name, new Chunks(content, chunk), MAX))
                    .as("chunks of %d", chunk)
                    .isEqualTo(records);
        }
    }

    static Arguments of(String name, String content, String expected) {
        return Arguments.of(name, utf8(content), expected);
    }

    static Arguments of(String name, byte[] content, String expected) {
        return Arguments.of(name, content, expected);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<String> read(String name, InputStream content, int max) throws IOException {
        LogStream stream = LogStreams.open(name, content, "key", max);
        List<String> records = new ArrayList<>();
        while (true) {
            try {
                if (!stream.next()) {
                    assertThat(stream.next()).isFalse();
                    return records;
                }
                assertThat(stream.length()).isLessThanOrEqualTo(max);
                records.add(
                        new String(
                                stream.buffer(),
                                stream.offset(),
                                stream.length(),
                                StandardCharsets.UTF_8));
            } catch (RecordRejectedException e) {
                assertThat(e.excerpt()).isNotEmpty().hasSizeLessThanOrEqualTo(512);
                records.add("!" + e.reason());
            } catch (LogStreamException e) {
                records.add("!!" + e.reason());
                return records;
            }
        }
    }

    /** Content that arrives a few bytes at a time. */
    static final class Chunks extends ByteArrayInputStream {
        private final int chunk;

        Chunks(byte[] content, int chunk) {
            super(content);
            this.chunk = chunk;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, chunk));
        }
    }
}
