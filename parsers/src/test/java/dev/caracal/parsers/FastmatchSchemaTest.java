package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.schema.SchemaException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FastmatchSchemaTest {

    private static final String ACCESS =
            """
            schema: Test.Access
            fields:
            - {name: ip, type: string, indicators: [ip]}
            - {name: time, type: timestamp, timeFormat: '%d/%b/%Y:%H:%M:%S %z', isEventTime: true}
            - {name: status, type: int}
            parser:
              fastmatch:
                match:
                - '%{ip} %{} %{user} [%{time}] "%{method} %{uri} %{}" %{status} "%{agent}"'
                - '%{ip} %{} %{user} [%{time}] "%{method} %{uri} %{}" %{status}'
                emptyValues: ['-']
            """;

    private static final String HEAD = "schema: Test.Text\nfields: [{name: n, type: int}]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.0.0.1 - jo [24/Nov/2026:10:00:00 +0100] \"GET /a HTTP/1.1\" 200"
                        + " | \"ip\":\"10.0.0.1\",\"user\":\"jo\",\"time\":\"2026-11-24 09:00:00.000000000\","
                        + "\"method\":\"GET\",\"uri\":\"/a\",\"status\":200,\"p_any_ip_addresses\":[\"10.0.0.1\"]",
                "- - - [24/Nov/2026:10:00:00 Z] \"GET /a HTTP/1.1\" - \"curl\""
                        + " | \"time\":\"2026-11-24 10:00:00.000000000\",\"method\":\"GET\",\"uri\":\"/a\","
                        + "\"agent\":\"curl\"",
                "x - - [] \"GET /a HTTP/1.1\" many"
                        + " | rejected: status: expected a whole number, found 'many'",
                "nothing of that | rejected: matches none of 2 patterns"
            })
    void theFirstPatternThatFitsNamesTheFields(String record, String expected)
            throws SchemaException {
        assertThat(new SchemaTester(ACCESS).parse(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%{a}=%{b}             | 1=2=3            | \"a\":\"1\",\"b\":\"2=3\"",
                "<%{a}> %{b}           | <x y> z          | \"a\":\"x y\",\"b\":\"z\"",
                "<%{a}> %{b}           | x                | rejected: expected text that begins with '<'",
                "<%{a}> %{b}           | <x               | rejected: expected '> ' after a",
                "[%{a}]                | [x] y            | rejected: expected ']' and the end after a",
                "%{a} %{}:%{n}         | x y:5            | \"a\":\"x\",\"n\":5",
                "\"%{a}\" %{b}         | \"x\\\"y\" z     | \"a\":\"x\\\"y\",\"b\":\"z\"",
                "\"%{a}\" %{b}         | \"\\x41\\u00e9\\\\\" z | \"a\":\"Aé\\\\\",\"b\":\"z\"",
                "\"%{a}\" %{b}         | \"C:\\dir\\\" z  | \"a\":\"C:\\\\dir\\\\\",\"b\":\"z\"",
                "'%{a}' %{b}           | 'it\\'s' z       | \"a\":\"it's\",\"b\":\"z\"",
                "\"%{a}\" \"%{b}\"     | \"\\n1\" \"\\n2\" | \"a\":\"\\n1\",\"b\":\"\\n2\"",
                "%{a}; %{b}            | x\\y; z          | \"a\":\"x\\\\y\",\"b\":\"z\"",
                "%{p_row_id} %{n}      | x 5              | \"_p_row_id\":\"x\",\"n\":5"
            })
    void fieldsGoUpToTheTextThatFollowsThem(String pattern, String record, String expected)
            throws SchemaException {
        String yaml =
                HEAD + "parser: {fastmatch: {match: ['" + pattern.replace("'", "''") + "']}}\n";
        assertThat(new SchemaTester(yaml).parse(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | # a; b     | none",
                "1 | x; 5       | none",
                "2 | x; 5       | \"a\":\"x\",\"n\":5,\"both\":\"x-5\"",
                "2 | x;  -      | \"a\":\"x\",\"both\":\"x-\"",
                "2 | ``         | none"
            })
    void optionsHoldForEveryValue(long index, String record, String expected)
            throws SchemaException {
        String yaml =
                HEAD
                        + "parser: {fastmatch: {match: ['%{a};%{n}'], skipPrefix: '#', skipLines: 2,"
                        + " trimSpace: true, emptyValues: ['-'], expandFields: {both: '%{a}-%{n}',"
                        + " none: '%{missing}'}}}";
        assertThat(new SchemaTester(yaml).parse(record, "", index)).isEqualTo(expected);
    }

    @Test
    void aTemplateReplacesTheFieldOfItsName() throws SchemaException {
        String yaml =
                HEAD + "parser: {fastmatch: {match: ['%{n};%{b}'], expandFields: {n: '%{n}0'}}}";
        assertThat(new SchemaTester(yaml).parse("4;x")).isEqualTo("\"n\":40,\"b\":\"x\"");
    }

    @Test
    void nothingStaysFromTheRecordBefore() throws SchemaException {
        SchemaTester tester = new SchemaTester(ACCESS);
        String record = "10.0.0.%d - - [] \"GET /%d HTTP/1.1\" %d \"a\"";
        tester.parse(record.formatted(1, 1, 1));
        assertThat(tester.parse(record.formatted(2, 2, 2)))
                .isEqualTo(
                        "\"ip\":\"10.0.0.2\",\"method\":\"GET\",\"uri\":\"/2\",\"status\":2,"
                                + "\"agent\":\"a\",\"p_any_ip_addresses\":[\"10.0.0.2\"]");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() throws SchemaException {
        String yaml = HEAD + "parser: {fastmatch: {match: ['%{a};%{n}']}}";
        byte[] record = "x;5".getBytes(StandardCharsets.UTF_8);
        record[0] = (byte) 0xff;
        assertThat(new SchemaTester(yaml).parse(record, "", 0))
                .isEqualTo("\"a\":\"\ufffd\",\"n\":5");
    }
}
