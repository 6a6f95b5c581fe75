package dev.caracal.parsers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.caracal.parsers.LogTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The JSON schema by which editors check and complete schemas. */
class SchemaJsonTest {

    private static final String HEAD = "schema: Test.Type\nfields:\n- {name: x, type: int}\n";

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(resource("schema/schema.json"));

    static Stream<String> builtin() {
        return LogTypes.builtin().names().stream();
    }

    @ParameterizedTest
    @MethodSource
    void builtin(String name) throws Exception {
        assertThat(problems(resource("logtypes/" + name + ".yml"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 0",
                "description: 5",
                "referenceURL: '-'",
                "parser: {csv: {delimiter: ',', columns: [a, 1], emptyValues: [-], expandFields: {b: '%{a}'}}}",
                "parser: {csv: {delimiter: \"\\t\", hasHeader: true, skipPrefix: '#', trimSpace: true}}",
                "definitions: {X: {type: string, validate: {allow: [a, 1], deny: [b], ip: any, cidr: ipv6}}}",
                "definitions: {X: {type: bigint, validate: {min: 0, max: 5}}}",
                "definitions: {X: {type: timestamp, timeFormats: [unix, '%Y-%m-%d'], isEventTime: true}}",
                "definitions: {X: {type: json, indicators: [aws_json]}}",
                "definitions: {X: {type: array, element: {type: array, element: {type: float}}}}",
                "Tests: [{name: a, input: {}, header: h, result: {}}, {input: a, rejected: b}]",
                "tests: [{input: a, result: [{}]}, {input: a, result: '{}'}]",
            })
    void whatTheReaderAccepts(String more) throws Exception {
        read(HEAD + more);
        assertThat(problems(HEAD + more)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caseInsensitive: true",
                "parser: {fastmatch: {match: ['%{a} %{b}'], skipLines: 1, emptyValues: ['-']}}",
                "parser: {regex: {match: ['%{X:a}', b], patternDefinitions: {X: '[a-z]+'}, trimSpace: true}}",
                "definitions: {X: {type: json, isEmbeddedJSON: true}}",
                "definitions: {X: {type: string, mask: {type: sha256, salt: a}}}",
                "definitions: {X: {type: string, mask: {type: redact, to: a}}}",
                "definitions: {X: {type: string, indicators: [ipv4_text]}}",
                "definitions: {X: {type: timestamp, timeFormat: 'layout=2006-01-02'}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, rename: {from: b}}]}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, copy: {from: b.0.c}}]}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, concat: {paths: [b, c], separator: ''}}]}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, split: {from: b, separator: ':', index: 0}}]}}",
            })
    void transformationsAndParsersOfText(String more) throws Exception {
        assertThat(problems(HEAD + more)).isEmpty();
    }

    /** What the reader refuses too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1",
                "colour: red",
                "referenceURL: ftp://x",
                "parser: {}",
                "parser: {xml: {}}",
                "parser: {csv: {delimiter: ','}}",
                "parser: {csv: {delimiter: ',', hasHeader: false}}",
                "parser: {csv: {delimiter: ',,', hasHeader: true}}",
                "parser: {csv: {hasHeader: true}}",
                "parser: {native: {}}",
                "parser: {csv: {delimiter: ',', hasHeader: true}, native: {name: X}}",
                "definitions: {x: {type: string}}",
                "definitions: {X: {type: text}}",
                "definitions: {X: {name: a}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, required: yes}]}}",
                "definitions: {X: {type: string, indicator: [ip]}}",
                "definitions: {X: {type: string, indicators: [ipp]}}",
                "definitions: {X: {type: string, indicators: [aws_json]}}",
                "definitions: {X: {type: json, indicators: [ip]}}",
                "definitions: {X: {type: int, indicators: [ip]}}",
                "definitions: {X: {type: string, validate: {min: 1}}}",
                "definitions: {X: {type: int, validate: {allow: [a]}}}",
                "definitions: {X: {type: float, validate: {min: 1}}}",
                "definitions: {X: {type: string, validate: {ip: v4}}}",
                "definitions: {X: {type: timestamp}}",
                "definitions: {X: {type: timestamp, timeFormat: iso}}",
                "definitions: {X: {type: timestamp, timeFormat: unix, timeFormats: [unix]}}",
                "definitions: {X: {type: string, timeFormat: unix}}",
                "definitions: {X: {type: string, isEventTime: true}}",
                "definitions: {X: {type: object}}",
                "definitions: {X: {type: object, fields: []}}",
                "definitions: {X: {type: object, fields: [{type: int}]}}",
                "definitions: {X: {type: object, fields: [{name: '', type: int}]}}",
                "definitions: {X: {type: array}}",
                "definitions: {X: {type: array, element: {type: text}}}",
                "definitions: {X: {type: ref}}",
                "definitions: {X: {type: string, fields: [{name: a, type: int}]}}",
                "caseInsensitive: 5",
                "parser: {fastmatch: {match: []}}",
                "parser: {fastmatch: {match: [a]}}",
                "parser: {regex: {patternDefinitions: {X: a}}}",
                "parser: {regex: {match: [a], patternDefinitions: {x: a}}}",
                "parser: {csv: {delimiter: ',', hasHeader: true, skipLines: -1}}",
                "definitions: {X: {type: string, isEmbeddedJSON: true}}",
                "definitions: {X: {type: int, mask: {type: redact}}}",
                "definitions: {X: {type: string, mask: {type: md5}}}",
                "definitions: {X: {type: string, mask: {type: redact, salt: a}}}",
                "definitions: {X: {type: string, mask: {type: redact}, indicators: [ip]}}",
                "definitions: {X: {type: int, rename: {from: a}}}",
                "definitions: {X: {type: array, element: {type: int, copy: {from: a}}}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, rename: {from: ''}}]}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, rename: {from: b}, copy: {from: b}}]}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, concat: {paths: []}}]}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, split: {from: b, index: 0}}]}}",
                "definitions: {X: {type: object, fields: [{name: a, type: int, split: {from: b, separator: ':', index: -1}}]}}",
                "Tests: [{input: a}]",
                "Tests: [{result: {}}]",
                "Tests: [{input: a, result: {}, rejected: b}]",
                "Tests: [{input: a, result: 5}]",
                "Tests: {input: a}",
            })
    void whatTheReaderRefuses(String more) throws Exception {
        assertThatThrownBy(() -> read(HEAD + more)).isInstanceOf(SchemaException.class);
        assertThat(problems(HEAD + more)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "schema: Test.Type",
                "fields: [{name: x, type: int}]",
                "{schema: Test.Type, fields: []}",
                "{schema: test, fields: [{name: x, type: int}]}",
                "{schema: Te, fields: [{name: x, type: int}]}",
                "{schema: Test.Type, fields: {x: int}}",
                "{schema: Test.Type, fields: [{name: x}]}",
            })
    void whatIsNoSchemaAtAll(String yaml) throws Exception {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(SchemaException.class);
        assertThat(problems(yaml)).isNotEmpty();
    }

    private static void read(String yaml) throws SchemaException {
        SchemaReader.read("x.yml", new StringReader(yaml));
    }

    private static Set<ValidationMessage> problems(String yaml) throws SchemaException {
        JsonNode json =
                YamlJson.of(
                        new YamlValue("x.yml", "x", new Yaml().compose(new StringReader(yaml))));
        return SCHEMA.validate(json);
    }

    private static String resource(String name) {
        try (InputStream content = LogTypes.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(content, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
