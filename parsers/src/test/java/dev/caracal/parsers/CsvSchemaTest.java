package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.schema.SchemaException;
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
                        + "\"extra\":\"x\",\"both\":\"jo/5\",\"p_any_usernames\":[\"jo\"]'",
                "'1,\"a,\"\"b\"\"\"' | '\"time\":\"1970-01-01 00:00:01.000000000\",\"user\":\"a,\\\"b\\\"\","
                        + "\"both\":\"a,\\\"b\\\"/\",\"p_any_usernames\":[\"a,\\\"b\\\"\"]'",
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
                        + "\"new\":\"b\",\"p_any_usernames\":[\"a\"]'",
                "user~time~new | user~time~new | none",
                "'' | a~1 | 'rejected: expected a header as the object''s first record'"
            })
    void columnsAreNamedByTheHeader(String header, String record, String expected)
            throws SchemaException {
        assertThat(classify(HEADER, record.replace('~', '\t'), header.replace('~', '\t')))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a, b\",c          | \"x\":\"a, b\",\"y\":\"c\"",
                "\"a\" ,\"c\"  | \"x\":\"a\",\"y\":\"c\"",
                "\"a\" b,c           | \"x\":\"a b\",\"y\":\"c\"",
                "\"a\" b,\"c, d\"  | \"x\":\"a b\",\"y\":\"c, d\"",
                "\"a\"\"1\" b,c    | \"x\":\"a\\\"1 b\",\"y\":\"c\"",
                "\"say \"hi, you\" to me\",c | \"x\":\"say \\\"hi, you\\\" to me\",\"y\":\"c\"",
                "\"no end, c          | \"x\":\"no end, c\"",
                "a\"b\",c            | \"x\":\"a\\\"b\\\"\",\"y\":\"c\"",
                "a,,c                  | \"x\":\"a\",\"y\":\"\",\"z\":\"c\"",
                ",,\"\"              | \"x\":\"\",\"y\":\"\",\"z\":\"\""
            })
    void quotedColumnsMayHoldDelimitersAndQuotes(String record, String expected)
            throws SchemaException {
        String yaml =
                "schema: Test.Csv\nfields: [{name: x, type: string}]\n"
                        + "parser: {csv: {delimiter: ',', columns: [x, y, z]}}\n";
        assertThat(new SchemaTester(yaml).parse(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'# made by x\n\nuser,n\n', 'jo,5', '\"user\":\"jo\",\"count_\":\"5\",\"p_any_usernames\":[\"jo\"]'",
        "'# made by x', 'jo,5', 'rejected: expected a header before any row, found only comments'",
        "'user,,user', 'a,b,c', '\"user\":\"a\",\"user_\":\"c\",\"p_any_usernames\":[\"a\"]'"
    })
    void commentsBeforeTheHeaderAreNoHeader(String header, String record, String expected)
            throws SchemaException {
        String yaml =
                FIELDS.replace(", required: true", "")
                        + "  csv: {delimiter: ',', hasHeader: true, skipPrefix: '#'}";
        String lines = header.replace("\\n", "\n").replace(",n", ",count_");
        assertThat(new SchemaTester(yaml).parse(record, lines, 3)).isEqualTo(expected);
    }

    private static String classify(String parser, String record, String header)
            throws SchemaException {
        return new SchemaTester(FIELDS + parser).parse(record, header, 0);
    }
}
