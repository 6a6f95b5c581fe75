package dev.caracal.parsers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    static Stream<Arguments> wrongSchemas() {
        return Stream.of(
                wrong("", 1, "the file is empty"),
                wrong("schema: [", 1, "not YAML"),
                wrong("- a", 1, "expected a mapping for the schema, found a list"),
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
                wrong(HEAD + "- {name: a, type: int, name: b}", 3, "key 'name' appears twice"));
    }

    @ParameterizedTest
    @MethodSource("wrongSchemas")
    void wrongSchemaIsRefusedWithFileAndLine(String yaml, int line, String message) {
        assertThatThrownBy(() -> read(yaml))
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
