package dev.caracal.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ReaderMemoryTest {

    private static final int OBJECTS = 8;
    private static final long OBJECT_BYTES = 100L << 20;

    private final AtomicLong bytesRead = new AtomicLong();

    static List<Arguments> memories() {
        return List.of(
                Arguments.of("64 mb", "256 kb", "16 mb", 200),
                Arguments.of("64 mb", "256 kb", "16 mb", 15 << 20),
                Arguments.of("16 mb", "64 kb", "2 mb", 200),
                Arguments.of("16 mb", "64 kb", "2 mb", 1 << 20));
    }

    @ParameterizedTest(name = "{0}, batches of {1}, records up to {2} and of {3} bytes")
    @MethodSource("memories")
    void whatIsReadAheadStaysBelowTheMemoryWhenNothingIsTaken(
            String memory, String batch, String record, int width) throws Exception {
        Configuration options = new Configuration();
        options.setString("reader.memory", memory);
        options.setString("reader.batch-bytes", batch);
        options.setString("reader.max-record-bytes", record);
        FakeObjectStore store = new FakeObjectStore();
        String[] keys = new String[OBJECTS];
        for (int i = 0; i < OBJECTS; i++) {
            keys[i] = "big-" + i;
            store.put(keys[i], "e", () -> counted(new GeneratedLines(OBJECT_BYTES / width, width)));
        }
        try (ReaderTester tester = ReaderTester.open(store, options)) {
            tester.read(keys);

            AtomicLong last = new AtomicLong(-1);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> last.getAndSet(bytesRead.get()) == bytesRead.get());

            assertThat(bytesRead.get())
                    .isGreaterThan(0)
                    .isLessThanOrEqualTo(MemorySize.parse(memory).getBytes());
        }
    }

    private InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                bytesRead.addAndGet(Math.max(0, read));
                return read;
            }
        };
    }
}
