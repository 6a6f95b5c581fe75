package dev.caracal.job.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.SchemaException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowReaderTest {

    private static final TableShape SHAPE = shape();
    private static final List<String> COLUMNS =
            SHAPE.table().schema().columns().stream().map(Types.NestedField::name).toList();

    private final RowReader reader = new RowReader(SHAPE.table().schema(), SHAPE.texts().json());

    private static TableShape shape() {
        String yaml =
                """
                schema: Acme.Audit
                fields:
                  - {name: text, type: string}
                  - {name: count, type: int}
                  - {name: big, type: bigint}
                  - {name: ratio, type: float}
                  - {name: ok, type: boolean}
                  - {name: at, type: timestamp, timeFormats: [rfc3339]}
                  - {name: free, type: json}
                  - {name: user.name, type: string}
                  - name: actor
                    type: object
                    fields:
                      - {name: id, type: string}
                      - {name: extra, type: json}
                  - {name: names, type: array, element: {type: string}}
                  - name: targets
                    type: array
                    element:
                      type: object
                      fields:
                        - {name: id, type: bigint}
                """;
        try {
            return EventTables.of(LogType.read("acme.yml", new StringReader(yaml)));
        } catch (SchemaException e) {
            throw new IllegalStateException(e);
        }
    }

    private GenericRowData read(String json) throws MismatchException {
        return reader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String show(Object value) {
        if (value instanceof GenericRowData row) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.getArity(); i++) {
                fields.add(show(row.getField(i)));
            }
            return "(" + String.join(",", fields) + ")";
        }
        if (value instanceof GenericArrayData array) {
            List<String> elements = new ArrayList<>();
            for (Object element : array.toObjectArray()) {
                elements.add(show(element));
            }
            return elements.toString();
        }
        return String.valueOf(value);
    }

    private static Object field(GenericRowData row, String column) {
        return row.getField(COLUMNS.indexOf(column));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text     | \"plain\"                      | plain",
                "text     | \"a\\n\\u00e4\\\"\"            | `a\nä\"`",
                "text     | \"\"                           | ``",
                "text     | {\"a\":[1]}                    | {\"a\":[1]}",
                "count    | -7                             | -7",
                "big      | 9223372036854775807            | 9223372036854775807",
                "big      | 123456789012345678             | 123456789012345678",
                "ratio    | 1.5e3                          | 1500.0",
                "ratio    | 2                              | 2.0",
                "ok       | false                          | false",
                "at       | \"2026-11-24 05:06:07.123456789\" | 2026-11-24T05:06:07.123456",
                "at       | \"1969-12-31T23:59:59.5Z\"     | 1969-12-31T23:59:59.500",
                "free     | \"text\"                       | \"text\"",
                "free     | {\"a\": [1, null]}             | {\"a\": [1, null]}",
                "user_name| \"ann\"                        | ann",
                "actor    | {\"id\":\"a\",\"extra\":[1]}   | (a,[1])",
                "actor    | {}                             | (null,null)",
                "names    | [\"a\",null,\"b\"]             | [a, null, b]",
                "names    | []                             | []",
                "targets  | [{\"id\":1},{}]                | [(1), (null)]",
                "p_any_ip_addresses | [\"192.0.2.1\"]      | [192.0.2.1]",
                "p_event_time | \"2026-01-02 03:04:05.000000000\" | 2026-01-02T03:04:05",
                "text     | null                           | null",
            })
    void aValueBecomesThatOfItsColumn(String column, String json, String expected)
            throws MismatchException {
        GenericRowData row = read("{\"" + column + "\":" + json + "}");

        assertThat(show(field(row, column))).isEqualTo(expected == null ? "null" : expected);
        assertThat(field(row, "p_unmapped")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"new\":{\"a\":1}}                   | {\"new\":{\"a\":1}}",
                "{\"new\":1,\"other\":\"x\"}           | {\"new\":1,\"other\":\"x\"}",
                "{\"actor\":{\"id\":\"a\",\"age\":5}}  | {\"actor.age\":5}",
                "{\"targets\":[{},{\"id\":1,\"x\":2}]} | {\"targets[1].x\":2}",
                "{\"targets\":[{\"id\":\"text\"}]}     | {\"targets[0].id\":\"text\"}",
                "{\"names\":\"one\"}                   | {\"names\":\"one\"}",
                "{\"actor\":\"someone\"}               | {\"actor\":\"someone\"}",
                "{\"count\":3000000000}                | {\"count\":3000000000}",
                "{\"count\":1.5}                       | {\"count\":1.5}",
                "{\"big\":9223372036854775808}         | {\"big\":9223372036854775808}",
                "{\"ratio\":1e999}                     | {\"ratio\":1e999}",
                "{\"ok\":\"yes\"}                      | {\"ok\":\"yes\"}",
                "{\"at\":\"yesterday\"}                | {\"at\":\"yesterday\"}",
                "{\"at\":5}                            | {\"at\":5}",
                "{\"text\":\"a\",\"text\":\"b\"}       | {\"text\":\"b\"}",
            })
    void whatHasNoColumnOrDoesNotFitItIsKeptByPath(String json, String expected)
            throws MismatchException {
        assertThat(show(field(read(json), "p_unmapped"))).isEqualTo(expected);
    }

    @Test
    void aRowKnowsNothingOfTheOneBefore() throws MismatchException {
        read("{\"text\":\"a\",\"new\":1}");
        GenericRowData row = read("{\"count\":1}");

        assertThat(field(row, "text")).isNull();
        assertThat(field(row, "p_unmapped")).isNull();
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> read("[1]"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("an object");
    }

    @Test
    void allBuiltinLogTypesHaveATableWithDistinctColumns() {
        for (LogType logType : LogTypes.builtin().all()) {
            TableShape shape = EventTables.of(logType);
            Set<String> names = new HashSet<>();
            assertThat(shape.table().schema().columns())
                    .as(logType.name())
                    .allMatch(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
        }
        assertThat(LogTypes.builtin().names().stream().map(EventTables::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9_]+"));
    }
}
