package dev.caracal.parsers.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogStreamsTest {

    private static final int MAX = 64;
    private static final String LONG = "x".repeat(100);

    static Stream<Arguments> cases() {
        return Stream.of(
                // Lines.
                of("lines", "", ""),
                of("lines", "a\nb\r\nc", "a|b|c"),
                of("lines", "\n\r\n  \t\na\n\n b \n", "a| b "),
                of("lines", "a\r", "a"),
                of("lines", "a\n" + LONG + "\nb", "a|!record-too-long|b"),
                of("lines", "a\n" + LONG, "a|!record-too-long"),
                of("lines", "y".repeat(64) + "\r\n" + "z".repeat(64), "y*64|z*64"),
                of("lines", "y".repeat(65) + "\nz", "!record-too-long|z"),
                of("lines", "\ufeffa\nb", "a|b"),
                of("lines", "\u00e9\u4e2d\ud83d\ude00\n", "\u00e9\u4e2d\ud83d\ude00"),
                of("lines", "a\0b\n", "!!wrong-charset"),
                of("lines", latin1("\u00e9t\u00e9\n"), "!!wrong-charset"),
                of("lines", "a\n".getBytes(StandardCharsets.UTF_16), "!!wrong-charset"),
                // JSON documents.
                of("json", "", ""),
                of("json", "{\"a\":1}{\"b\":2}\n[3]", "{\"a\":1}|{\"b\":2}|[3]"),
                of("json", "{\n \"a\": {\"b\": [1,\n2]}\n}\n", "{\n \"a\": {\"b\": [1,\n2]}\n}"),
                of("json", "{\"a\":\"}{][\\\"}\\\\\"}{}", "{\"a\":\"}{][\\\"}\\\\\"}|{}"),
                of("json", "{\"a\":1}\nnoise {}\n{\"b\":2}", "{\"a\":1}|!not-json|{\"b\":2}"),
                of("json", "{}{\"a\":[1,", "{}|!truncated-json"),
                of("json", "{}{\"a\":\"" + LONG, "{}|!truncated-json"),
                of("json", "{\"a\":\"" + LONG + "\"}{}", "!record-too-long|{}"),
                // JSON arrays.
                of("json-array", "[]", ""),
                of("json-array", " [ {\"a\":1} , 2,\"x,]\" ,[3] ]\n", "{\"a\":1}|2|\"x,]\"|[3]"),
                of("json-array", "[1][2]", "1|2"),
                of("json-array", "[1,{\"a\":\"" + LONG + "\"},2]", "1|!record-too-long|2"),
                of("json-array", "[1,{\"a\":", "1|!truncated-json"),
                of("json-array", "[1,", "1|!!truncated-json"),
                of("json-array", "[1 2]", "1|!!not-json"),
                of("json-array", "[1,]", "1|!!not-json"),
                of("json-array", "{}", "!!not-json"),
                // CloudTrail.
                of("cloudtrail", "{\"Records\":[]}", ""),
                of("cloudtrail", "{\"Records\":[{\"a\":1},{\"b\":2}]}", "{\"a\":1}|{\"b\":2}"),
                of(
                        "cloudtrail",
                        "{\"x\":{\"Records\":[9]},\"y\":\""
                                + LONG
                                + "\",\n\"Records\" : [ {} ],\"z\":1}\n"
                                + "{\"Records\":[{\"c\":3}]}",
                        "{}|{\"c\":3}"),
                of("cloudtrail", "{\"a\":1} {\"Records\":[1]}", "!no-records|1"),
                of("cloudtrail", "{\"Records\":{}}{}", "!no-records|!no-records"),
                of("cloudtrail", "{\"Records\":[{\"a\":1},{\"b\"", "{\"a\":1}|!truncated-json"),
                of("cloudtrail", "{\"Records\":[{\"a\":1}", "{\"a\":1}|!!truncated-json"),
                of("cloudtrail", "[1]", "!!not-json"),
                // Found by content.
                of("auto", "", ""),
                of("auto", "plain\ntext", "plain|text"),
                of("auto", "{\"a\":1}\nnoise\n{\"b\":2}\n", "{\"a\":1}|noise|{\"b\":2}"),
                of("auto", "{\"a\":1}{\"b\":2}\n", "{\"a\":1}|{\"b\":2}"),
                of("auto", "{\n\"a\":1}\n", "{\n\"a\":1}"),
                of("auto", "\ufeff\n{\"k\":[],\"Records\": [{\"a\":1}]}", "{\"a\":1}"),
                of("auto", "{\"Records\":[{\"a\":\"trunc", "!truncated-json"),
                of("auto", "{\"Records\":5}\n{\"b\":2}", "{\"Records\":5}|{\"b\":2}"),
                of("auto", "{\"a\":{\"Records\":[1]}}\n", "{\"a\":{\"Records\":[1]}}"),
                of("auto", "[{\"a\":1},\n{\"b\":2}]", "{\"a\":1}|{\"b\":2}"),
                of("auto", "[Mon] text\n[Tue] text", "[Mon] text|[Tue] text"),
                of("auto", "{\"a\":\"" + LONG + "\"}\n{\"b\":2}", "!record-too-long|{\"b\":2}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordsAreTheSameHoweverTheContentArrives(String name, byte[] content, String expected)
            throws IOException {
        String records = expected.replace("y*64", "y".repeat(64)).replace("z*64", "z".repeat(64));
        for (int chunk : new int[] {1, 2, 3, 7, Integer.MAX_VALUE}) {
            assertThat(read(name, new Chunks(content, chunk), MAX))
                    .as("chunks of %d", chunk)
                    .isEqualTo(records.isEmpty() ? List.of() : List.of(records.split("\\|")));
        }
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
            for (String name : LogStreams.names()) {
                assertThat(read(name, new Chunks(bytes, 1), MAX))
                        .as("%s of %s", name, content)
                        .isEqualTo(read(name, new Chunks(bytes, Integer.MAX_VALUE), MAX));
            }
        }
    }

    @Test
    void unknownNameIsRefusedWithTheNamesThatThereAre() {
        assertThatThrownBy(
                        () -> LogStreams.open("xml", InputStream.nullInputStream(), "b/k.gz", 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Unknown log stream 'xml' for b/k.gz, expected one of"
                                + " [auto, lines, json, json-array, cloudtrail]");
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

    private static List<String> read(String name, InputStream content, int max) throws IOException {
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

    private static Arguments of(String name, String content, String expected) {
        return Arguments.of(name, utf8(content), expected);
    }

    private static Arguments of(String name, byte[] content, String expected) {
        return Arguments.of(name, content, expected);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Content that arrives a few bytes at a time. */
    private static final class Chunks extends ByteArrayInputStream {
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
