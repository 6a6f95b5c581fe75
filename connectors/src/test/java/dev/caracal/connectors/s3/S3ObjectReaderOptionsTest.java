package dev.caracal.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ObjectReaderOptionsTest {

    @Test
    void defaultsHoldEightObjectsInTheMemory() {
        ReaderSettings settings = ReaderSettings.of(new Configuration());

        assertThat(settings)
                .isEqualTo(
                        new ReaderSettings(
                                8,
                                64L << 20,
                                256 << 10,
                                16 << 20,
                                new ReaderSettings.Bomb(100L << 30, 1000),
                                10,
                                500));
        assertThat(settings.objectsAtOnce()).isEqualTo(8);
    }

    @Test
    void everyOptionIsTakenOver() {
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "reader.concurrency", "3",
                                "reader.memory", "128 mb",
                                "reader.batch-bytes", "64 kb",
                                "reader.max-record-bytes", "2 mb",
                                "reader.max-decompressed-bytes", "1 gb",
                                "reader.max-compression-ratio", "50",
                                "reader.attempts", "2",
                                "reader.retry-delay", "3 s"));

        assertThat(ReaderSettings.of(options))
                .isEqualTo(
                        new ReaderSettings(
                                3,
                                128L << 20,
                                64 << 10,
                                2 << 20,
                                new ReaderSettings.Bomb(1L << 30, 50),
                                2,
                                3_000));
    }

    @ParameterizedTest
    @CsvSource({"54 mb, 1", "56 mb, 3", "64 mb, 8", "1 gb, 8"})
    void asManyObjectsAreReadAtOnceAsTheMemoryHolds(String memory, int objects) {
        Configuration options = Configuration.fromMap(Map.of("reader.memory", memory));

        assertThat(ReaderSettings.of(options).objectsAtOnce()).isEqualTo(objects);
    }

    @ParameterizedTest
    @CsvSource({
        "reader.memory, 16 mb, reader.memory is 16777216 bytes",
        "reader.concurrency, 0, reader.concurrency is below 1: 0",
        "reader.attempts, 0, reader.attempts is below 1: 0",
        "reader.batch-bytes, 10 b, reader.batch-bytes is below 1 kb: 10",
        "reader.max-record-bytes, 1 gb, reader.max-record-bytes is above 512 mb: 1073741824",
        "reader.max-compression-ratio, 0, reader.max-compression-ratio is below 1: 0"
    })
    void valuesThatCannotBeAreRefused(String key, String value, String message) {
        Configuration options = Configuration.fromMap(Map.of(key, value));

        assertThatThrownBy(() -> ReaderSettings.of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
