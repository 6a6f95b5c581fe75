package dev.caracal.parsers.stream;

import static dev.caracal.parsers.stream.LogStreamTester.LONG;
import static dev.caracal.parsers.stream.LogStreamTester.of;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineStreamsTest {

    static Stream<Arguments> cases() {
        return Stream.of(
                of("lines", "", ""),
                of("lines", "a\nb\r\nc", "a|b|c"),
                of("lines", "\n\r\n  \t\na\n\n b \n", "a| b "),
                of("lines", "a\r", "a"),
                of("lines", "a\n" + LONG + "\nb", "a|!record-too-long|b"),
                of("lines", "a\n" + LONG, "a|!record-too-long"),
                of(
                        "lines",
                        "y".repeat(64) + "\r\n" + "z".repeat(64),
                        "y".repeat(64) + "|" + "z".repeat(64)),
                of("lines", "y".repeat(65) + "\nz", "!record-too-long|z"),
                of("lines", "\ufeffa\nb", "a|b"),
                of("lines", "\u00e9\u4e2d\ud83d\ude00\n", "\u00e9\u4e2d\ud83d\ude00"),
                of("lines", "a\0b\n", "!!wrong-charset"),
                of(
                        "lines",
                        "\u00e9t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1),
                        "!!wrong-charset"),
                of("lines", "a\n".getBytes(StandardCharsets.UTF_16), "!!wrong-charset"),
                of("lines", "a\r\n\r\n\r\nb\r\n", "a|b"),
                of("lines", "a\rb\nc", "a\rb|c"),
                of(
                        "lines",
                        "z".repeat(64) + "\n" + ("w".repeat(62) + "\n").repeat(16) + "a\0b\nc",
                        "z".repeat(64) + ("|" + "w".repeat(62)).repeat(16) + "|a\0b|c"),
                of("lines", "a\n".getBytes(StandardCharsets.UTF_16LE), "!!wrong-charset"),
                // Rows.
                of("csv", "", ""),
                of("csv", "a,b\r\n1,2\r\n\r\n3,4", "a,b|1,2|3,4"),
                of("csv", "a,\"1\n2\r\n3\",b\nc", "a,\"1\n2\r\n3\",b|c"),
                of("csv", "\"a\n\"\r\n\"b\"\nc", "\"a\n\"|\"b\"|c"),
                of("csv", "\"\"\n\"\",\"\"\"\n\"\"\"\na", "\"\"|\"\",\"\"\"\n\"\"\"|a"),
                of("csv", "\"say \"\"no\n\"\"\",b\n", "\"say \"\"no\n\"\"\",b"),
                of("csv", "5\" disk,a\"b\nc", "5\" disk,a\"b|c"),
                of("csv", "\"a\"b\nc\",d\ne", "\"a\"b\nc\",d|e"),
                of("csv", "a,b\n1,\"2\n3\n", "a,b|!unclosed-quote"),
                of("csv", "a\n\"" + LONG + "\n" + LONG + "\"\nb", "a|!record-too-long|b"),
                of("csv", "a\n\"" + LONG + "\n", "a|!record-too-long"),
                of(
                        "csv",
                        "y".repeat(64) + "\r\n" + "z".repeat(65),
                        "y".repeat(64) + "|!record-too-long"),
                of("csv:;", "a;\"b\n\"\nc,\"d\ne", "a;\"b\n\"|c,\"d|e"),
                of("csv:\t", "a\t\"b\n\"\nc", "a\t\"b\n\"|c"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordsAreTheSameHoweverTheContentArrives(String name, byte[] content, String expected)
            throws IOException {
        LogStreamTester.assertRecords(name, content, expected);
    }
}
