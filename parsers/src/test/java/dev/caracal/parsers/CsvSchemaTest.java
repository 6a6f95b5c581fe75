package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSchemaTest {

    private static final String FIELDS =
            """
            schema: Test.Csv
            fields:
            - {name: time, type: timestamp, timeFormat: unix, isEventTime: true, required: true}
            - {name: user, type: string, indicators: [username]}
            - {name: count, type: int}
            - {name: both, type: string}
            parser:
            """;

    private static final String COLUMNS =
            "  csv: {delimiter: ',', columns: [time, user, count, extra], trimSpace: true,"
                    + " skipPrefix: '#', emptyValues: ['-'], expandFields: {both: '%{user}/%{count}'}}";

    private static final String HEADER = "  csv: {delimiter: \"\\t\", hasHeader: true}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'1,jo , 5,x' | '\"time\":\"1970-01-01 00:00:01.000000000\",\"user\":\"jo\",\"count\":5,"
                        + "\"extra\":\"x\",\"both\":\"jo/5\"'",
                "'1,\"a,\"\"b\"\"\"' | '\"time\":\"1970-01-01 00:00:01.000000000\",\"user\":\"a,\\\"b\\\"\","
                        + "\"both\":\"a,\\\"b\\\"/\"'",
                "'1,-,-' | '\"time\":\"1970-01-01 00:00:01.000000000\",\"both\":\"/\"'",
                "# comment | none",
                "',jo' | rejected: time: is required and missing",
                "'1,jo,five' | 'rejected: count: expected a whole number, found ''five'''",
                "'1,2,3,4,5' | 'rejected: expected at most 4 columns, found 5'"
            })
    void columnsAreNamedByTheSchema(String record, String expected) throws SchemaException {
        assertThat(classify(COLUMNS, record, "")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user~time~new | a~1~b | '\"user\":\"a\",\"time\":\"1970-01-01 00:00:01.000000000\","
                        + "\"new\":\"b\"'",
                "user~time~new | user~time~new | none",
                "'' | a~1 | 'rejected: expected a header as the object''s first record'"
            })
    void columnsAreNamedByTheHeader(String header, String record, String expected)
            throws SchemaException {
        assertThat(classify(HEADER, record.replace('~', '\t'), header.replace('~', '\t')))
                .isEqualTo(expected);
    }

    private static String classify(String parser, String record, String header)
            throws SchemaException {
        LogType logType =
                new LogType(SchemaReader.read("csv.yml", new StringReader(FIELDS + parser)));
        RecordContext context = new RecordContext("", "", "o", 0, bytes(header), 0);
        Classification classification =
                new Classifier(List.of(logType))
                        .classify(bytes(record), 0, bytes(record).length, context);
        if (classification instanceof Classification.Rejected rejected) {
            return "rejected: " + rejected.reasons().get(0).message();
        }
        List<Event> events = ((Classification.Accepted) classification).events();
        if (events.isEmpty()) {
            return "none";
        }
        String json = new String(events.get(0).json(), StandardCharsets.UTF_8);
        return json.substring(1, json.indexOf(",\"p_log_type\""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
