package dev.caracal.parsers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaChangeTest {

    private static final String BEFORE =
            """
            schema: Test.Type
            fields:
            - {name: time, type: timestamp, timeFormat: rfc3339}
            - {name: count, type: int}
            - {name: meta.user, type: string}
            - name: actor
              type: object
              fields:
              - {name: id, type: string}
            - {name: ports, type: array, element: {type: int}}
            - {name: target, type: array, element: {type: ref, target: Target}}
            definitions:
              Target:
                type: object
                fields:
                - {name: id, type: string}
                - {name: size, type: bigint}
            """;

    static Stream<Arguments> allowed() {
        return Stream.of(
                change("- {name: count, type: int}", "- {name: count, required: true, type: int}"),
                change("- {name: count, type: int}", "- {name: new, type: int}\n$0"),
                change("  - {name: id, type: string}", "  - {name: new, type: json}\n$0"),
                change("user, type: string}", "user, type: string, indicators: [username]}"),
                change("type: int}\n- {name: meta", "type: int, description: New.}\n- {name: meta"),
                change("timeFormat: rfc3339", "timeFormat: unix, isEventTime: true"),
                change("meta.user", "meta_user"),
                change(
                        "schema: Test.Type",
                        "schema: Test.Type\nparser: {csv: {delimiter: ',', hasHeader: true}}"),
                change(
                        "element: {type: int}",
                        "element: {type: ref, target: Port}",
                        "definitions:",
                        "definitions:\n  Port: {type: int}"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        "- {name: count, type: int}\n",
                        "",
                        "old.yml, line 4: field 'count' was int and cannot be removed or renamed"),
                refused(
                        "name: count",
                        "name: number",
                        "old.yml, line 4: field 'count' was int and cannot be removed or renamed"),
                refused(
                        "name: count",
                        "name: Count",
                        "old.yml, line 4: field 'count' was int and cannot be removed or renamed"),
                refused(
                        "name: count, type: int",
                        "name: count, type: bigint",
                        "new.yml, line 4: field 'count' was int and cannot become bigint"),
                refused(
                        "type: object\n  fields:\n  - {name: id, type: string}\n",
                        "type: json\n",
                        "new.yml, line 6: field 'actor' was object and cannot become json"),
                refused(
                        "  - {name: id, type: string}",
                        "  - {name: id, type: int}",
                        "new.yml, line 9: field 'actor.id' was string and cannot become int"),
                refused(
                        "element: {type: int}",
                        "element: {type: string}",
                        "new.yml, line 10: field 'ports' was array of int and cannot become array of"
                                + " string"),
                refused(
                        "size, type: bigint",
                        "size, type: float",
                        "new.yml, line 17: field 'target[].size' was bigint and cannot become"
                                + " float"),
                refused(
                        "    - {name: size, type: bigint}\n",
                        "",
                        "old.yml, line 17: field 'target[].size' was bigint and cannot be removed"
                                + " or renamed"));
    }

    @ParameterizedTest
    @MethodSource
    void allowed(String after) throws SchemaException {
        assertThat(SchemaChange.check(read("old.yml", BEFORE), read("new.yml", after))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void refused(String after, String message) throws SchemaException {
        assertThat(SchemaChange.check(read("old.yml", BEFORE), read("new.yml", after)))
                .singleElement()
                .hasToString(message);
    }

    @Test
    void schemasOfTwoLogTypesAreNoChange() throws SchemaException {
        SchemaFile before = read("old.yml", BEFORE);
        SchemaFile after = read("new.yml", BEFORE.replace("Test.Type", "Test.Other"));
        assertThatThrownBy(() -> SchemaChange.check(before, after))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("new.yml: expected schema Test.Type as in old.yml, found Test.Other");
    }

    /** The schema with replacements made in turn; {@code $0} stands for what is replaced. */
    private static Arguments change(String... replacements) {
        return Arguments.of(replace(replacements));
    }

    private static Arguments refused(String replaced, String by, String message) {
        return Arguments.of(replace(replaced, by), message);
    }

    private static String replace(String... replacements) {
        String yaml = BEFORE;
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(yaml).contains(replacements[i]);
            yaml = yaml.replaceFirst(Pattern.quote(replacements[i]), replacements[i + 1]);
        }
        return yaml;
    }

    private static SchemaFile read(String file, String yaml) throws SchemaException {
        return SchemaReader.readFile(file, new StringReader(yaml));
    }
}
