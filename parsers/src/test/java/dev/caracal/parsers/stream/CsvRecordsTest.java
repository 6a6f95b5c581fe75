package dev.caracal.parsers.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classification.Accepted;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Delimited text with a header, from the object's bytes to events. */
class CsvRecordsTest {

    private static final String SCHEMA =
            """
            schema: Acme.Audit
            parser:
              csv:
                delimiter: ","
                hasHeader: true
            fields:
            - {name: user, required: true, type: string}
            - {name: note, type: string}
            """;

    @Test
    void aHeaderNamesTheColumnsInAnyStreamOfLines() throws Exception {
        String rows = "user,note\r\nann,\"a, b\"\r\n\r\nbob,x\r\n";

        for (String name : List.of("auto", "lines", "csv")) {
            assertThat(fields(name, rows))
                    .as(name)
                    .containsExactly(
                            "{\"user\":\"ann\",\"note\":\"a, b\"",
                            "{\"user\":\"bob\",\"note\":\"x\"");
        }
    }

    @Test
    void aLineEndInQuotesBelongsToTheColumn() throws Exception {
        String rows = "user,\"note\"\nann,\"one\n\"\"two\"\"\"\nbob,x\n";

        assertThat(fields("csv", rows))
                .containsExactly(
                        "{\"user\":\"ann\",\"note\":\"one\\n\\\"two\\\"\"",
                        "{\"user\":\"bob\",\"note\":\"x\"");
    }

    @Test
    void aHeaderMayHaveALineEndToo() throws Exception {
        assertThat(fields("csv", "user,\"no\nte\"\nann,x\n"))
                .containsExactly("{\"user\":\"ann\",\"no_te\":\"x\"");
    }

    /** The members of each event that stand before the core fields. */
    private static List<String> fields(String logStream, String content)
            throws IOException, SchemaException {
        Classifier classifier =
                new Classifier(
                        List.of(
                                new LogType(
                                        SchemaReader.read("audit.yml", new StringReader(SCHEMA)))));
        LogStream stream =
                LogStreams.open(
                        logStream,
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                        "key",
                        1024);
        List<String> events = new ArrayList<>();
        byte[] header = {};
        for (long index = 0; stream.next(); index++) {
            int offset = stream.offset();
            if (index == 0) {
                header = Arrays.copyOfRange(stream.buffer(), offset, offset + stream.length());
            }
            Classification classification =
                    classifier.classify(
                            stream.buffer(),
                            offset,
                            stream.length(),
                            new RecordContext("", "", "object", index, header, 0));
            assertThat(classification).isInstanceOf(Accepted.class);
            ((Accepted) classification)
                    .events()
                    .forEach(event -> events.add(new String(event.json(), StandardCharsets.UTF_8)));
        }
        return events.stream().map(json -> json.substring(0, json.indexOf(",\"p_"))).toList();
    }
}
