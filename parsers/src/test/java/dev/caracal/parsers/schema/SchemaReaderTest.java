package dev.caracal.parsers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.parsers.LogType;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaReaderTest {

    private static final String HEAD = "schema: Test.Type\nfields:\n";

    /** Ten times as many values with each line, in a test whose log is read as JSON. */
    private static String bomb(int lines) {
        StringBuilder yaml = new StringBuilder(HEAD + "- {name: a, type: int}\ntests:\n");
        for (int i = 0; i < lines; i++) {
            String value = i == 0 ? "x" : "*a" + (i - 1);
            yaml.append("  l%d: &a%d [%s]\n".formatted(i, i, (value + ", ").repeat(10)));
        }
        return yaml.toString();
    }

    private static String deepAliases() {
        String open = "[".repeat(150);
        String close = "]".repeat(150);
        return "schema: &a %s1%s\n".formatted(open, close)
                + "x: 1\ny: &b %s*a%s\n".formatted(open, close);
    }

    static Stream<Arguments> wrongSchemas() {
        return Stream.of(
                wrong("", 1, "the file is empty"),
                wrong("schema: [", 1, "not YAML"),
                wrong("- a", 1, "expected a mapping for the schema, found a list"),
                wrong(bomb(9), 10, "more than 200000 values, with those of aliases"),
                wrong(HEAD + "- &a {name: a, type: int, b: *a}", 3, "an alias stands within"),
                wrong("schema: &a [*a]", 1, "an alias stands within what it names"),
                wrong(deepAliases(), 3, "nested deeper than 200, with what aliases name"),
                wrong("schema: Test.Type", 1, "'fields' is missing in the schema"),
                wrong("schema: lower\nfields: []", 1, "expected a name such as Vendor.Name"),
                wrong("schema: Test.Type\nfields: []", 2, "expected at least one field"),
                wrong("schema: Test.Type\nfields: 5", 2, "expected a list for fields, found '5'"),
                wrong("version: 1\n" + HEAD + "- {name: a, type: int}", 1, "expected version 0"),
                wrong("colour: red\n" + HEAD, 1, "unknown key 'colour', expected one of schema,"),
                wrong("referenceURL: ftp://x\n" + HEAD + "- {name: a, type: int}", 1, "http"),
                wrong(HEAD + "- {name: a}", 3, "'type' is missing in fields"),
                wrong(HEAD + "- {name: a, type: int}\n- {name: b, type: text}", 4, "unknown type"),
                wrong(
                        HEAD + "- {name: a, type: int, indicator: [ip]}",
                        3,
                        "unknown key 'indicator'"),
                wrong(
                        HEAD + "- {name: a, type: int, indicators: [ip]}",
                        3,
                        "does not go with type"),
                wrong(
                        HEAD + "- {name: a, type: string, indicators: [ipp]}",
                        3,
                        "one of ip, ipv4_text"),
                wrong(HEAD + "- {name: a, type: int, required: yes}", 3, "expected true or false"),
                wrong(HEAD + "- {name: a, type: timestamp}", 3, "either timeFormat or timeFormats"),
                wrong(
                        HEAD + "- {name: t, type: timestamp, timeFormat: '%Q'}",
                        3,
                        "expected rfc3339"),
                wrong(
                        HEAD + "- {name: a, type: bigint, timeFormat: unix}",
                        3,
                        "a number needs both timeFormat and isEventTime, or neither"),
                wrong(HEAD + "- {name: a, type: int, isEventTime: true}", 3, "does not go with"),
                wrong(
                        HEAD + "- {name: a, type: float, orText: true}",
                        3,
                        "'orText' does not go with type float"),
                wrong(HEAD + "- {name: a, type: object}", 3, "'fields' is missing"),
                wrong(HEAD + "- {name: a, type: array}", 3, "'element' is missing"),
                wrong(
                        HEAD + "- {name: a.b, type: int}\n- {name: A_b, type: int}",
                        4,
                        "same column"),
                wrong(HEAD + "- {name: p_row_id, type: int}", 3, "kept for core fields"),
                wrong(HEAD + "- {name: a, type: ref, target: X}", 3, "no definition 'X'"),
                wrong(
                        HEAD
                                + "- {name: a, type: ref, target: X}\n"
                                + "definitions:\n"
                                + "  X: {type: array, element: {type: ref, target: X}}",
                        5,
                        "definition 'X' refers to itself"),
                wrong(
                        HEAD + "- {name: a, type: string, validate: {ip: v4}}",
                        3,
                        "any, ipv4 or ipv6"),
                wrong(HEAD + "- {name: a, type: int}\nparser: {xml: {}}", 4, "unknown key 'xml'"),
                wrong(
                        HEAD + "- {name: a, type: int}\nparser: {csv: {delimiter: ','}}",
                        4,
                        "csv needs columns or hasHeader"),
                wrong(HEAD + "- {name: a, type: int, name: b}", 3, "key 'name' appears twice"),
                wrong(HEAD + "- {name: '', type: int}", 3, "expected a field name, found ''"),
                wrong(HEAD + "- {name: [a], type: int}", 3, "expected text for name, found a list"),
                wrong(HEAD + "- {name: a, type: }", 3, "expected text for type, found nothing"),
                wrong(
                        HEAD + "- {name: t, type: timestamp, timeFormats: []}",
                        3,
                        "expected at least one time format"),
                wrong(
                        HEAD + "- {name: t, type: timestamp, timeFormat: layout=now}",
                        3,
                        "a Go layout such as layout=2006-01-02 15:04:05"),
                wrong(
                        HEAD + "- {name: a, type: int}\ndefinitions:\n  b: {type: int}",
                        5,
                        "begin with a capital, found 'b'"),
                wrong(HEAD + "- " + nested(65), 3, "nested deeper than 64"),
                wrong(doublingDefinitions(), 7, "more than 50000 fields"),
                wrong(
                        HEAD + "- {name: a, type: int}\ncaseInsensitive: 1",
                        4,
                        "true or false for caseInsensitive"));
    }

    static Stream<Arguments> wrongTransformations() {
        return Stream.of(
                wrong("type: int, rename: {to: b}", 3, "unknown key 'to', expected one of from"),
                wrong("type: int, rename: {from: ''}", 3, "expected text for from, found ''"),
                wrong("type: int, rename: b", 3, "expected a mapping for rename, found 'b'"),
                wrong("type: int, copy: {from: b..c}", 3, "such as user.name, found 'b..c'"),
                wrong(
                        "type: int, copy: {from: b}, rename: {from: c}",
                        3,
                        "at most one of rename, copy, concat, split in a field, found rename, copy"),
                wrong("type: int, concat: {paths: []}", 3, "expected 1 to 100 paths, found 0"),
                wrong("type: int, concat: {separator: ','}", 3, "'paths' is missing in concat"),
                wrong("type: int, split: {from: b, index: 0}", 3, "'separator' is missing"),
                wrong("type: int, split: {from: b, separator: '', index: 0}", 3, "found ''"),
                wrong("type: int, split: {from: b, separator: ',', index: -1}", 3, "0 to 10000"),
                wrong("type: int, mask: {type: redact}", 3, "'mask' does not go with type int"),
                wrong("type: string, mask: {type: md5}", 3, "expected sha256 or redact"),
                wrong("type: string, mask: {type: redact, salt: x}", 3, "mask type redact"),
                wrong("type: string, mask: {type: sha256, to: x}", 3, "mask type sha256"),
                wrong(
                        "type: string, mask: {type: redact}, indicators: [ip]",
                        3,
                        "'indicators' does not go with mask"),
                wrong(
                        "type: string, isEmbeddedJSON: true",
                        3,
                        "'isEmbeddedJSON' does not go with type string"),
                wrong(
                        "type: array, element: {type: int, copy: {from: b}}",
                        3,
                        "unknown key 'copy'"),
                wrong(
                        "type: int, rename: {from: x}}\n- {name: A, type: int, rename: {from: y}",
                        4,
                        "field 'A' has the same column name as another: A"),
                wrong(
                        "type: int, rename: {from: x}}\n- {name: x, type: int",
                        4,
                        "field 'x' has the same key as another: x"));
    }

    static Stream<Arguments> wrongParsers() {
        return Stream.of(
                wrong("{}", 4, "expected exactly one parser of csv, fastmatch, regex, native"),
                wrong("{csv: {}, regex: {}}", 4, "expected exactly one parser"),
                wrong("{native: {name: ''}}", 4, "expected text for name, found ''"),
                wrong("\n native: {name: Vendor.None}", 5, "no native parser 'Vendor.None'"),
                wrong("{csv: {delimiter: ',', columns: ['']}}", 4, "at least one name for columns"),
                wrong("{csv: {delimiter: '||', columns: [a]}}", 4, "one character such as ','"),
                wrong("{fastmatch: {match: []}}", 4, "expected 1 to 100 patterns for match"),
                wrong("{fastmatch: {match: '%{a} %{b}'}}", 4, "expected a list for match"),
                wrong("{fastmatch: {match: ['%{a}', x]}}", 4, "4 to 4096 characters, found 'x'"),
                wrong("{fastmatch: {match: [abcd]}}", 4, "'abcd': expected a field such as"),
                wrong(
                        "{fastmatch: {match: ['%{a}%{b}']}}",
                        4, "text between two fields, after 'a'"),
                wrong("{fastmatch: {match: ['%{a} %{b']}}", 4, "expected '}' after '%{'"),
                wrong("{fastmatch: {match: ['%{a} %{a}']}}", 4, "'a' appears twice"),
                wrong("{fastmatch: {match: [\"%{a}\\n%{b}\"]}}", 4, "a line break only at the end"),
                wrong(
                        "{fastmatch: {match: ['%{a}'], skipLines: -1}}",
                        4, "expected 0 or more for skipLines, found -1"),
                wrong("{fastmatch: {match: ['%{a} '], trimspace: true}}", 4, "key 'trimspace'"),
                wrong("{regex: {match: ['(?P<a>b']}}", 4, "pattern match: missing closing )"),
                wrong("{regex: {match: ['(b)']}}", 4, "such as %{WORD:name}, found none"),
                wrong("{regex: {match: ['%{NONE:a}']}}", 4, "there is no pattern 'NONE'"),
                wrong("{regex: {match: ['%{WORD:a.b}']}}", 4, "digits and _ for a field's name"),
                wrong("{regex: {match: ['%{INT:a} %{INT:a}']}}", 4, "duplicate capture group name"),
                wrong(definitions("A: '%{B}', B: '%{A}'"), 4, "pattern A refers to itself"),
                wrong(definitions("A: '['"), 4, "pattern A: missing closing ]"),
                wrong(definitions("INT: x"), 4, "pattern INT is built in"),
                wrong(definitions("a: x"), 4, "a pattern's name in capitals, found 'a'"),
                wrong(definitions("A: 'a{1001}'"), 4, "pattern A: invalid repeat count"),
                wrong(definitions("A: '((a{1000}){1000}){1000}'"), 4, "pattern A: too large"),
                wrong(
                        definitions("A: '" + "(".repeat(300) + ")".repeat(300) + "'"),
                        4,
                        "pattern A: groups are nested deeper than 200"),
                wrong(
                        definitions(
                                "A: '%{B}%{B}%{B}%{B}%{B}%{B}%{B}%{B}',"
                                        + " B: '%{C}%{C}%{C}%{C}%{C}%{C}%{C}%{C}',"
                                        + " C: '%{D}%{D}%{D}%{D}%{D}%{D}%{D}%{D}',"
                                        + " D: '%{IP}%{IP}%{IP}%{IP}%{IP}%{IP}%{IP}%{IP}'"),
                        4,
                        "is longer than 65536 with all it names"));
    }

    @ParameterizedTest
    @MethodSource("wrongTransformations")
    void wrongTransformationIsRefused(String keys, int line, String message) {
        wrongSchemaIsRefusedWithFileAndLine(HEAD + "- {name: a, " + keys + "}", line, message);
    }

    @ParameterizedTest
    @MethodSource("wrongParsers")
    void wrongParserIsRefused(String parser, int line, String message) {
        wrongSchemaIsRefusedWithFileAndLine(
                HEAD + "- {name: a, type: int}\nparser: " + parser, line, message);
    }

    private static String definitions(String definitions) {
        return "{regex: {match: ['%{WORD:w}'], patternDefinitions: {" + definitions + "}}}";
    }

    private static String nested(int depth) {
        return "{name: a, "
                + "type: array, element: {".repeat(depth - 1)
                + "type: int"
                + "}".repeat(depth);
    }

    /** Each definition has two fields of the one before. */
    private static String doublingDefinitions() {
        StringBuilder yaml = new StringBuilder(HEAD + "- {name: a, type: int}\ndefinitions: {");
        for (int i = 0; i < 40; i++) {
            String target = i == 0 ? "type: int" : "type: ref, target: D" + (i - 1);
            yaml.append(
                    "\n D%d: {type: object, fields: [{name: a, %s}, {name: b, %s}]},"
                            .formatted(i, target, target));
        }
        return yaml + "}";
    }

    @ParameterizedTest
    @MethodSource("wrongSchemas")
    void wrongSchemaIsRefusedWithFileAndLine(String yaml, int line, String message) {
        assertThatThrownBy(() -> LogType.read("test.yml", new StringReader(yaml)))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("test.yml, line " + line + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void referencesAreResolvedToTheTypeOfTheirDefinition() throws SchemaException {
        Schema schema =
                read(
                        HEAD
                                + "- {name: a, type: ref, target: Address}\n"
                                + "- {name: b, type: array, element: {type: ref, target: Address}}\n"
                                + "definitions:\n"
                                + "  Address: {type: string, indicators: [ip]}\n");
        FieldType address = schema.fields().get(0).type();
        assertThat(address).isInstanceOf(FieldType.StringType.class);
        assertThat(schema.fields().get(1).type()).isEqualTo(new FieldType.ArrayType(address));
    }

    @Test
    void descriptionAndAddressHaveDefaults() throws SchemaException {
        Schema schema = read("referenceURL: '-'\n" + HEAD + "- {name: a, type: float}");
        assertThat(schema.description()).isEqualTo("Test.Type log type");
        assertThat(schema.referenceUrl()).isEmpty();
        assertThat(schema.parser()).isEqualTo(new ParserSpec.Json());
        assertThat(schema.fields())
                .isEqualTo(List.of(new Field("a", new FieldType.FloatType(), false, "")));
    }

    @ParameterizedTest
    @CsvSource({
        "plain_Name-1, plain_Name-1",
        "meta.user, meta_user",
        "@type, at_sign_type",
        "a@b, a_at_sign_b",
        "cost$, cost_dollar_sign",
        "na\u00efve, naive",
        "a b, a_b",
        "\u4e2d, _"
    })
    void columnNamesHaveOnlyWhatQueryEnginesAllow(String name, String column) {
        assertThat(ColumnName.of(name)).isEqualTo(column);
    }

    private static Arguments wrong(String yaml, int line, String message) {
        return Arguments.of(yaml, line, message);
    }

    private static Schema read(String yaml) throws SchemaException {
        return SchemaReader.read("test.yml", new StringReader(yaml));
    }
}
