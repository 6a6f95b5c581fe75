package dev.caracal.job.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.connectors.s3.RecordCutter;
import dev.caracal.connectors.s3.S3Object;
import dev.caracal.connectors.s3.S3ObjectRef;
import dev.caracal.connectors.s3.UnreadableObjectException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogStreamCutterTest {

    private static RecordCutter open(String logStream, String content) {
        return LogStreamCutter.open(
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                new S3Object(
                        new S3ObjectRef("logs", "key", "", "e1", content.length()),
                        "",
                        "",
                        logStream,
                        "source",
                        "lane",
                        "route",
                        0),
                16);
    }

    @Test
    void anObjectIsCutByTheLogStreamOfItsPrefix() throws IOException {
        RecordCutter cutter = open("json-array:a.b", "{\"a\":{\"b\":[12]}}");

        assertThat(cutter.next()).isTrue();
        assertThat(
                        new String(
                                cutter.buffer(),
                                cutter.offset(),
                                cutter.length(),
                                StandardCharsets.UTF_8))
                .isEqualTo("12");
        assertThat(cutter.next()).isFalse();
    }

    @Test
    void whatCannotBeCutNamesTheLogStreamThatWasTaken() throws IOException {
        assertThatThrownBy(open("auto", "[{\"a\":\"" + "x".repeat(20) + "\"}]")::next)
                .isInstanceOf(RecordCutter.RejectedRecordException.class)
                .hasMessage("A record is longer than 16 bytes (log stream json-array)");
        assertThatThrownBy(open("cloudwatch", "text")::next)
                .isInstanceOf(UnreadableObjectException.class)
                .hasMessageEndingWith("found 't' (log stream cloudwatch)");
    }
}
