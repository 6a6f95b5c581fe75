package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.schema.SchemaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformationTest {

    private static final String HEAD = "schema: Test.Type\nfields:\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // rename
                "{name: a, type: int, rename: {from: '@a b'}} | {\"@a b\":\"5\"} | \"a\":5",
                "{name: a, type: int, rename: {from: b}, required: true} | {\"a\":5}"
                        + " | rejected: a: is required and missing",
                "{name: a, type: int, rename: {from: b}} | {\"a\":5} | \"a_\":5",
                // copy
                "{name: a, type: string, copy: {from: x.y}, indicators: [ip]}"
                        + " | {\"x\":{\"y\":\"10.0.0.1\"}}"
                        + " | \"x\":{\"y\":\"10.0.0.1\"},\"a\":\"10.0.0.1\",\"p_any_ip_addresses\":[\"10.0.0.1\"]",
                "{name: a, type: array, element: {type: int}, copy: {from: x}} | {\"x\":[1,\"2\"]}"
                        + " | \"x\":[1,\"2\"],\"a\":[1,2]",
                "{name: a, type: int, copy: {from: x.1.y}} | {\"x\":[{\"y\":1},{\"z\":[],\"y\":2}]}"
                        + " | \"x\":[{\"y\":1},{\"z\":[],\"y\":2}],\"a\":2",
                "{name: a, type: int, copy: {from: 'x\\.y'}} | {\"x.y\":1} | \"x_y\":1,\"a\":1",
                "{name: a, type: int, copy: {from: x.y}} | {\"x\":{\"y\":null}} | \"x\":{\"y\":null}",
                "{name: a, type: int, copy: {from: x.y}} | {\"x\":5} | \"x\":5",
                "{name: a, type: int, copy: {from: x}, required: true} | {\"b\":5}"
                        + " | rejected: a: is required and missing",
                "{name: a, type: int, copy: {from: x}} | {\"x\":\"q\"}"
                        + " | rejected: a: expected a whole number, found 'q'",
                // concat
                "{name: t, type: timestamp, timeFormat: '%F %T', isEventTime: true,"
                        + " concat: {paths: [d, t], separator: ' '}} | {\"d\":\"2026-01-02\",\"t\":\"03:04:05\"}"
                        + " | \"d\":\"2026-01-02\",\"t\":\"2026-01-02 03:04:05.000000000\"",
                "{name: a, type: string, concat: {paths: [x, y, z], separator: '-'}}"
                        + " | {\"z\":true,\"x\":\"\\u0031\"} | \"z\":true,\"x\":\"\\u0031\",\"a\":\"1-true\"",
                "{name: a, type: string, concat: {paths: [x]}} | {\"x\":{}}"
                        + " | rejected: a: expected text, found an object",
                "{name: a, type: string, concat: {paths: [x, y]}} | {\"z\":1} | \"z\":1",
                // split
                "{name: a, type: int, split: {from: x, separator: '::', index: 1}} | {\"x\":\"1::22::3\"}"
                        + " | \"x\":\"1::22::3\",\"a\":22",
                "{name: a, type: int, split: {from: x, separator: ',', index: 2}} | {\"x\":\"1,2\"}"
                        + " | \"x\":\"1,2\"",
                // embedded JSON
                "{name: a, type: object, isEmbeddedJSON: true, fields: [{name: b, type: int}]}"
                        + " | {\"a\":\"{\\\"b\\\":\\\"5\\\",\\\"c\\\":[1, 2]}\",\"n\":1}"
                        + " | \"a\":{\"b\":5,\"c\":[1,2]},\"n\":1",
                "{name: a, type: object, isEmbeddedJSON: true, fields: [{name: b, type: int}]}"
                        + " | {\"a\":{\"b\":5}} | \"a\":{\"b\":5}",
                "{name: a, type: json, isEmbeddedJSON: true} | {\"a\":\"[1]\",\"n\":\"\"} | \"a\":[1],\"n\":\"\"",
                "{name: a, type: json, isEmbeddedJSON: true} | {\"a\":\" \",\"n\":1} | \"n\":1",
                "{name: a, type: json, isEmbeddedJSON: true} | {\"a\":\"null\",\"n\":1} | \"n\":1",
                "{name: a, type: json, isEmbeddedJSON: true} | {\"a\":\"[1\",\"n\":1}"
                        + " | rejected: a.not JSON: ends where ',' was expected",
                "{name: a, type: array, element: {type: object, isEmbeddedJSON: true,"
                        + " fields: [{name: b, type: int}]}} | {\"a\":[\"{\\\"b\\\":1}\",\"{\\\"b\\\":2}\"]}"
                        + " | \"a\":[{\"b\":1},{\"b\":2}]"
            })
    void fieldsAreMadeOfOthers(String field, String record, String expected)
            throws SchemaException {
        assertThat(new SchemaTester(HEAD + "- " + field).parse(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name: b, type: string, copy: {from: a}} | \"b\":\"1,2\"",
                "{name: b, type: string, copy: {from: x}} | \"b\":\"1,2\"",
                "{name: b, type: string, concat: {paths: [c, y], separator: '+'}} | \"b\":\"1,2+z\"",
                "{name: b, type: string, split: {from: j, separator: ',', index: 1}} | \"b\":\"2z\"",
                "{name: b, type: int, split: {from: c, separator: ',', index: 0}} | \"b\":1"
            })
    void aPathSeesWhatTheTransformationsBeforeGive(String field, String expected)
            throws SchemaException {
        String yaml =
                HEAD
                        + "- "
                        + field
                        + """

                        - {name: a, type: string, rename: {from: x}}
                        - {name: c, type: string, copy: {from: x}}
                        - {name: j, type: string, concat: {paths: [a, y], separator: ''}}
                        """;
        assertThat(new SchemaTester(yaml).parse("{\"x\":\"1,2\",\"y\":\"z\"}")).contains(expected);
    }

    @Test
    void pathsBeginAtTheObjectThatTheFieldIsIn() throws SchemaException {
        String yaml =
                HEAD
                        + """
                        - name: list
                          type: array
                          element:
                            type: object
                            fields:
                            - {name: id, type: int, split: {from: name, separator: '-', index: 1}}
                            - {name: deep, type: int, copy: {from: o.n}}
                        - {name: n, type: int}
                        """;
        String record =
                "{\"list\":[{\"name\":\"a-1\"},{},{\"name\":\"b-2\",\"o\":{\"n\":7}}],\"n\":3}";
        assertThat(new SchemaTester(yaml).parse(record))
                .isEqualTo(
                        "\"list\":[{\"name\":\"a-1\",\"id\":1},{},"
                                + "{\"name\":\"b-2\",\"o\":{\"n\":7},\"id\":2,\"deep\":7}],\"n\":3");
    }

    @Test
    void textRecordsAreTransformedByTheNamesOfTheirFields() throws SchemaException {
        String yaml =
                HEAD
                        + """
                        - {name: time, type: timestamp, timeFormat: '%F %T',
                           concat: {separator: ' ', paths: [date, time]}}
                        - {name: user, type: string, rename: {from: u}, indicators: [username]}
                        - {name: port, type: int, split: {from: addr, separator: ':', index: 1}}
                        - {name: data, type: object, copy: {from: j}, isEmbeddedJSON: true,
                           fields: [{name: n, type: int}]}
                        parser:
                          csv: {delimiter: ';', columns: [date, time, u, addr, j]}
                        """;
        assertThat(new SchemaTester(yaml).parse("2026-01-02;03:04:05;jo;h:80;{\"n\": \"1\"}"))
                .isEqualTo(
                        "\"date\":\"2026-01-02\",\"user\":\"jo\",\"addr\":\"h:80\","
                                + "\"j\":\"{\\\"n\\\": \\\"1\\\"}\","
                                + "\"time\":\"2026-01-02 03:04:05.000000000\",\"port\":80,"
                                + "\"data\":{\"n\":1},\"p_any_usernames\":[\"jo\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: redact} | {\"a\":\"pin4711\"} | \"a\":\"REDACTED\"",
                "{type: redact, to: '*'} | {\"a\":\"pin4711\"} | \"a\":\"*\"",
                "{type: redact} | {\"a\":null,\"b\":1} | \"b\":1",
                // A second value does not slip through under another name.
                "{type: redact} | {\"a\":\"1\",\"a\":\"pin4711\"} | \"a\":\"REDACTED\"",
                "{type: redact} | {\"\\u0061\":\"pin4711\"} | \"a\":\"REDACTED\"",
                "{type: redact}, rename: {from: x} | {\"a\":\"pin4711\",\"n\":1} | \"n\":1",
                "{type: redact} | {\"a\":{\"x\":\"pin4711\"}} | rejected: a: expected text, found an object",
                "{type: redact} | {\"a\" \"pin4711\"} | rejected: not JSON: expected ':' at byte 5",
                "{type: redact} | {\"a\":\"x\",\"n\":\"pin4711\"} | rejected: n: expected a whole number"
            })
    void maskedTextIsNeverSeen(String mask, String record, String expected) throws SchemaException {
        String yaml =
                HEAD + "- {name: a, type: string, mask: " + mask + "}\n- {name: n, type: int}\n";
        assertThat(new SchemaTester(yaml).parse(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rename: {from: x} | {\"x\":\"pin4711\"} | \"a\":\"*\"",
                "copy: {from: x} | {\"x\":\"pin4711\"} | \"a\":\"*\"",
                "copy: {from: x.y} | {\"x\":{\"y\":\"pin4711\",\"z\":1},\"n\":2} | \"n\":2,\"a\":\"*\"",
                "copy: {from: o.p} | {\"o\":{\"p\":\"pin4711\",\"n\":1}} | \"o\":{\"n\":1},\"a\":\"*\"",
                "concat: {paths: [x, y]} | {\"x\":\"pin4711\",\"y\":\"4711\"} | \"a\":\"*\"",
                "split: {from: X, separator: ',', index: 1} | {\"x\":\"4711,4711\"} | \"a\":\"*\""
            })
    void whatAMaskedFieldIsMadeOfIsNotSeenEither(String source, String record, String expected)
            throws SchemaException {
        String yaml =
                HEAD
                        + "- {name: a, type: string, mask: {type: redact, to: '*'}, "
                        + source
                        + "}\n- {name: o, type: object, fields: [{name: n, type: int}]}\n"
                        + "caseInsensitive: true\n";
        assertThat(new SchemaTester(yaml).parse(record)).isEqualTo(expected);
    }

    @Test
    void hashesOfEqualTextsAreEqualAndDependOnTheSalt() throws SchemaException {
        String yaml =
                HEAD
                        + "- {name: a, type: string, mask: {type: sha256}}\n"
                        + "- {name: b, type: string, mask: {type: sha256, salt: ab}}\n"
                        + "parser: {csv: {delimiter: ',', columns: [a, b]}}\n";
        assertThat(new SchemaTester(yaml).parse("abc,c"))
                .isEqualTo(
                        "\"a\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
                                + "\"b\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"USERNAME\":\"jo\",\"O\":{\"N\":\"1\"}} | \"userName\":\"jo\",\"o\":{\"n\":1}",
                "{\"username\":\"jo\",\"userName\":\"x\"} | \"userName\":\"jo\",\"userName_\":\"x\"",
                "{\"userName\":\"jo\",\"username\":\"x\"} | \"userName\":\"jo\",\"username\":\"x\"",
                "{\"\\u0055serName\":\"jo\"} | \"userName\":\"jo\"",
                "{\"userNäme\":1} | \"userName_\":1"
            })
    void keysMayDifferInCaseWhereTheSchemaSaysSo(String record, String expected)
            throws SchemaException {
        String yaml =
                HEAD
                        + """
                        - {name: userName, type: string}
                        - {name: o, type: object, fields: [{name: n, type: int}]}
                        caseInsensitive: true
                        """;
        assertThat(new SchemaTester(yaml).parse(record)).isEqualTo(expected);
        String exact = yaml.replace("caseInsensitive: true", "caseInsensitive: false");
        assertThat(new SchemaTester(exact).parse("{\"USERNAME\":\"jo\"}"))
                .isEqualTo("\"USERNAME\":\"jo\"");
    }
}
