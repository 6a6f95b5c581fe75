package dev.caracal.parsers.stream;

import static dev.caracal.parsers.stream.LogStreamTester.LONG;
import static dev.caracal.parsers.stream.LogStreamTester.MAX;
import static dev.caracal.parsers.stream.LogStreamTester.read;
import static dev.caracal.parsers.stream.LogStreamTester.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.parsers.stream.LogStreamTester.Chunks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogStreamsTest {

    private static final List<String> NAMES =
            List.of(
                    "auto",
                    "lines",
                    "csv",
                    "json",
                    "json-array",
                    "json-array:a.b",
                    "cloudtrail",
                    "cloudwatch");

    private static final String EVENT = "{\"id\":\"\",\"timestamp\":1,\"message\":\"a\"}";

    static Stream<Arguments> objects() {
        return Stream.of(
                of("", "lines", ""),
                of("\ufeff", "lines", ""),
                of("plain\ntext", "lines", "plain|text"),
                of("{\"a\":1}\nnoise\n{\"b\":2}\n", "lines", "{\"a\":1}|noise|{\"b\":2}"),
                of("{\"a\":1}\r\n\r\n{\"b\":2}", "lines", "{\"a\":1}|{\"b\":2}"),
                of("\ufeff{\"a\":1}\n{\"b\":", "lines", "{\"a\":1}|{\"b\":"),
                of("{\"a\":\"" + LONG + "\"}\n{\"b\":2}", "lines", "!record-too-long|{\"b\":2}"),
                of("a,b\n1,\"2\n3\"\n", "lines", "a,b|1,\"2|3\""),
                of("[Mon] text\n[Tue] text", "lines", "[Mon] text|[Tue] text"),
                // JSON documents.
                of("{\"a\":1}{\"b\":2}\n", "json", "{\"a\":1}|{\"b\":2}"),
                of("\r\n {\n\"a\":1}\n", "json", "{\n\"a\":1}"),
                of("{\n\"a\":1}\n{\n\"b\":", "json", "{\n\"a\":1}|!truncated-json"),
                // JSON arrays.
                of("[{\"a\":1},\n{\"b\":2}]", "json-array", "{\"a\":1}|{\"b\":2}"),
                of("[{\"a\":1}]\n[{\"b\":2}][3]", "json-array", "{\"a\":1}|{\"b\":2}|3"),
                of("[\"a\",\"b", "json-array", "\"a\"|!truncated-json"),
                // Envelopes.
                of("\ufeff\n{\"k\":[],\"Records\": [{\"a\":1}]}", "cloudtrail", "{\"a\":1}"),
                of("{\"Records\":[{\"a\":\"trunc", "cloudtrail", "!truncated-json"),
                of(
                        "{\"records\":[{\"a\":1},{\"b\":2}]}",
                        "json-array:records",
                        "{\"a\":1}|{\"b\":2}"),
                of("{\"records\" : [ {\"a\":\"trunc", "json-array:records", "!truncated-json"),
                of("{\"records\":[]}\n", "json-array:records", ""),
                of(
                        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":["
                                + EVENT
                                + "]}{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":["
                                + EVENT
                                + "]}",
                        "cloudwatch",
                        "a"),
                of("{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[]}", "cloudwatch", ""),
                // Events that have a list are no envelopes.
                of("{\"Records\":5}\n{\"b\":2}", "lines", "{\"Records\":5}|{\"b\":2}"),
                of("{\"a\":{\"Records\":[1]}}\n", "lines", "{\"a\":{\"Records\":[1]}}"),
                of("{\"records\":[1]}\n", "lines", "{\"records\":[1]}"),
                of("{\"records\":[{}],\"a\":1}\n", "lines", "{\"records\":[{}],\"a\":1}"),
                of("{\"a\":1,\"records\":[{}]}\n", "lines", "{\"a\":1,\"records\":[{}]}"),
                of(
                        "{\"logEvents\":[{\"message\":\"a\"}]}",
                        "lines",
                        "{\"logEvents\":[{\"message\":\"a\"}]}"),
                of(
                        "{\"messageType\":\"OTHER\",\"logEvents\":[{}]}",
                        "lines",
                        "{\"messageType\":\"OTHER\",\"logEvents\":[{}]}"),
                of(
                        "{\"value\":[{}]}\n{\"value\":[{}]}",
                        "lines",
                        "{\"value\":[{}]}|{\"value\":[{}]}"));
    }

    private static Arguments of(String content, String taken, String records) {
        return Arguments.of(utf8(content), taken, records);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void autoTakesAStreamByTheContentAndSaysWhich(byte[] content, String taken, String records)
            throws IOException {
        LogStreamTester.assertRecords("auto", content, records);
        LogStream stream = LogStreams.open("auto", new ByteArrayInputStream(content), "key", 1024);
        assertThat(stream.name()).isEqualTo("auto");
        while (next(stream)) {
            assertThat(stream.name()).isEqualTo(taken);
        }
        assertThat(stream.name()).isEqualTo(taken);
    }

    private static boolean next(LogStream stream) throws IOException {
        try {
            return stream.next();
        } catch (RecordRejectedException e) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lines",
                "csv",
                "csv:;",
                "csv:\t",
                "csv:|",
                "json",
                "json-array",
                "json-array:records",
                "json-array:data.log events",
                "cloudtrail",
                "cloudwatch"
            })
    void aStreamCarriesTheNameThatOpensIt(String name) throws IOException {
        assertThat(LogStreams.exists(name)).isTrue();
        LogStream stream = LogStreams.open(name, InputStream.nullInputStream(), "key", 100);
        assertThat(stream.next()).isFalse();
        assertThat(stream.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xml",
                "csv:",
                "csv:;;",
                "csv:\"",
                "csv:\u00e9",
                "lines:a",
                "json-array:",
                "json-array:a..b",
                "json-array:.",
                "json-array:\"a\"",
                "cloudtrail:Records"
            })
    void anUnknownNameIsRefusedWithTheNamesThatThereAre(String name) {
        assertThat(LogStreams.exists(name)).isFalse();
        assertThatThrownBy(
                        () -> LogStreams.open(name, InputStream.nullInputStream(), "b/k.gz", 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Unknown log stream '"
                                + name
                                + "' for b/k.gz, expected one of [auto, lines, csv, csv:DELIMITER,"
                                + " json, json-array, json-array:PATH, cloudtrail, cloudwatch]");
    }

    @Test
    void anyContentGivesTheSameRecordsOnEveryReading() throws IOException {
        String[] pieces = {
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "\n",
            "\r\n",
            " ",
            "1",
            "\"Records\":[",
            "{\"a\":1}",
            "{\"Records\":[{}]}",
            "\"a\":{\"b\":[",
            "{\"message\":\"a\"}",
            "\"logEvents\":[",
            "\"messageType\":\"DATA_MESSAGE\",",
            "text",
            "\u00e9",
            LONG
        };
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            StringBuilder content = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                content.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = utf8(content.toString());
            for (String name : NAMES) {
                assertThat(read(name, new Chunks(bytes, 1), MAX))
                        .as("%s of %s", name, content)
                        .isEqualTo(read(name, new Chunks(bytes, Integer.MAX_VALUE), MAX));
            }
        }
    }

    @Test
    void cloudTrailIsFoundInAFileWhoseFirstRecordIsLongerThanWhatIsLookedAt() throws IOException {
        String record = "{\"a\":\"" + "x".repeat(200_000) + "\"}";
        String content = "{\"Records\":[" + record + "," + record + "]}";
        assertThat(read("auto", new Chunks(utf8(content), 5000), 1 << 20))
                .containsExactly(record, record);
    }

    @Test
    void recordsBeforeAFaultAreKeptEvenNearTheBeginning() throws IOException {
        InputStream broken =
                new SequenceInputStream(
                        new ByteArrayInputStream("one\ntwo\nthr".getBytes(StandardCharsets.UTF_8)),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("Cut on purpose");
                            }
                        });
        LogStream stream = LogStreams.open("auto", broken, "key", 1024);

        assertThat(stream.next()).isTrue();
        assertThat(stream.next()).isTrue();
        assertThatThrownBy(stream::next).hasMessage("Cut on purpose");
    }

    @Test
    void memoryIsBoundedByTheLongestRecordAllowed() throws IOException {
        String record = "{\"a\":\"" + "x".repeat(1000) + "\"},";
        long count = 300_000;
        try (InputStream content = new Repeated("{\"Records\":[", record, count, "{}]}")) {
            LogStream stream = LogStreams.open("auto", content, "key", 4096);
            long records = 0;
            while (stream.next()) {
                records++;
                assertThat(stream.buffer().length).isLessThanOrEqualTo(1 << 18);
            }
            assertThat(records).isEqualTo(count + 1);
        }
    }

    /** A beginning, a text many times, and an end. */
    private static final class Repeated extends InputStream {
        private final byte[] text;
        private long left;
        private final byte[] end;
        private byte[] current;
        private int position;

        Repeated(String start, String text, long count, String end) {
            this.current = utf8(start);
            this.text = utf8(text);
            this.left = count;
            this.end = utf8(end);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (position == current.length) {
                if (left < 0) {
                    return -1;
                }
                current = left > 0 ? text : end;
                left--;
                position = 0;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, bytes, offset, count);
            position += count;
            return count;
        }
    }
}
