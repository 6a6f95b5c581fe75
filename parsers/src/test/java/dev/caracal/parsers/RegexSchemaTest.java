package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.schema.SchemaException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexSchemaTest {

    private static final String HEAD = "schema: Test.Text\nfields: [{name: n, type: int}]\n";

    private static final String AUDIT =
            """
            schema: Test.Audit
            fields:
            - {name: time, type: timestamp, timeFormat: '%b %e %H:%M:%S', isEventTime: true}
            - {name: login_ip, type: string, indicators: [ip]}
            - {name: message, type: string, required: true}
            parser:
              regex:
                patternDefinitions:
                  API_KEY: '[0-9a-f]{32}'
                  TAG: '\\[%{DATA}\\]'
                match:
                - '^%{SYSLOGTIMESTAMP:time} %{HOST:host} %{TAG} ?'
                - '\\[(?:%{API_KEY:api_key}|%{WORD:username})\\] ?'
                - '(?:\\[%{IP:login_ip}\\] )?%{GREEDYDATA:message}$'
                trimSpace: true
                emptyValues: ['-']
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Jan 22 16:14:23 jwas [mws] [jo] [10.10.0.117] Logged in "
                        + " | \"time\":\"2026-01-22 16:14:23.000000000\",\"host\":\"jwas\",\"username\":\"jo\","
                        + "\"login_ip\":\"10.10.0.117\",\"message\":\"Logged in\","
                        + "\"p_any_ip_addresses\":[\"10.10.0.117\"]",
                "Feb  7 20:29:51 jwas [mws][ea77722a8516b0d1135abb19b1982852] x"
                        + " | \"time\":\"2026-02-07 20:29:51.000000000\",\"host\":\"jwas\","
                        + "\"api_key\":\"ea77722a8516b0d1135abb19b1982852\",\"message\":\"x\"",
                "Feb  7 20:29:51 jwas [mws][jo] - | rejected: message: is required and missing",
                "no match | rejected: does not match the pattern"
            })
    void groupsThatTookPartAreTheFields(String record, String expected) throws SchemaException {
        assertThat(new SchemaTester(AUDIT).parse(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(?P<n>\\d+)                | in the middle 5 of it | \"n\":5",
                "(?P<a>\\pL+)=%{INT:n}      | größe=5               | \"a\":\"größe\",\"n\":5",
                "%{WORD:a}(?: %{INT:n})?    | x                     | \"a\":\"x\"",
                "a=%{DATA:a};               | a=;                   | \"a\":\"\"",
                "%{UUID:a}                  | 01234567-89AB-CDEF-0123-456789abcdef"
                        + " | \"a\":\"01234567-89AB-CDEF-0123-456789abcdef\""
            })
    void patternsAreSearchedForInTheText(String pattern, String record, String expected)
            throws SchemaException {
        String yaml = HEAD + "parser: {regex: {match: ['" + pattern + "']}}";
        assertThat(new SchemaTester(yaml).parse(record)).isEqualTo(expected);
    }

    @Test
    void bytesThatAreNoTextAreReplaced() throws SchemaException {
        byte[] record = "x;é;5".getBytes(StandardCharsets.UTF_8);
        record[0] = (byte) 0xff;
        String yaml = HEAD + "parser: {regex: {match: ['%{DATA:a};%{DATA:b};%{INT:n}']}}";
        assertThat(new SchemaTester(yaml).parse(record, "", 0))
                .isEqualTo("\"a\":\"\ufffd\",\"b\":\"é\",\"n\":5");
    }

    @Test
    void whatWouldTakeTooLongIsRejected() throws SchemaException {
        String yaml = HEAD + "parser: {regex: {match: ['(?P<a>(?:a?){1000}a{1000}b)']}}";
        assertThat(new SchemaTester(yaml).parse("a".repeat(200_000)))
                .startsWith("rejected: expected at most ")
                .endsWith("bytes for this pattern, found 200000");
    }
}
