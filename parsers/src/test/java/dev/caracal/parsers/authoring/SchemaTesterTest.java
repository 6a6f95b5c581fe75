package dev.caracal.parsers.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.StringReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTesterTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    private static final String JSON_SCHEMA =
            """
            schema: Test.Type
            fields:
            - {name: time, required: true, type: timestamp, timeFormat: rfc3339, isEventTime: true}
            - {name: ip, type: string, indicators: [ip]}
            - {name: size, type: bigint}
            - name: actor
              type: object
              fields:
              - {name: id, type: string}
            """;

    private static final String CSV_SCHEMA =
            """
            schema: Test.Type
            parser: {csv: {delimiter: ",", hasHeader: true}}
            fields:
            - {name: a, type: string}
            - {name: b, type: int}
            """;

    private static final String PASSING =
            """
            Tests:
            - name: text and text
              input: |
                {"time":"2026-03-02T12:00:00Z","ip":"192.0.2.1","on":"off"}
              result: |
                {
                  "time": "2026-03-02 12:00:00.000000000",
                  "ip": "192.0.2.1",
                  "on": "off",
                  "p_any_ip_addresses": ["192.0.2.1"],
                  "p_event_time": "2026-03-02 12:00:00.000000000",
                  "p_log_type": "Test.Type",
                  "p_row_id": "not compared"
                }
            - name: mapping and mapping
              input: {time: 2026-03-02T12:00:00Z, size: 5, actor: {id: 7}}
              result: {time: "2026-03-02 12:00:00.000000000", size: 5.0, actor: {id: "7"}, ip: null}
            - input: {size: 5}
              rejected: "time: is required"
            """;

    @ParameterizedTest
    @ValueSource(strings = {"Tests", "tests"})
    void aTestPassesWhereTheEventIsAsExpected(String key) throws SchemaException {
        assertThat(run(JSON_SCHEMA + PASSING.replace("Tests:", key + ":")))
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.differences()).isEmpty())
                .extracting(result -> result.test().name() + " " + result.test().line())
                .containsExactly("text and text 11", "mapping and mapping 24", "test 3 27");
    }

    @Test
    void aHeaderNamesTheColumns() throws SchemaException {
        String tests =
                """
                tests:
                - {header: "b,a", input: "5,x", result: {a: x, b: 5}}
                - {header: "b,a", input: "b,a", result: {a: b}}
                """;
        assertThat(run(CSV_SCHEMA + tests).get(0).differences()).isEmpty();
        assertThat(run(CSV_SCHEMA + tests).get(1).differences())
                .containsExactly("events: expected 1, found 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{time: 2026-03-02 12:00:00.000000000, size: 6} | size: expected 6, found 5",
                "{time: 2026-03-02 12:00:00.000000000} | size: expected nothing, found 5",
                "{time: 2026-03-02 12:00:00.000000000, size: 5, x: [1]} | x: expected [1], found nothing",
                "{time: 2026-03-02 12:00:00.000000000, size: '5'} | size: expected \"5\", found 5",
                "[] | events: expected 0, found 1",
            })
    void aDifferenceNamesFieldAndValues(String result, String difference) throws SchemaException {
        String test =
                "Tests:\n- {input: {time: 2026-03-02T12:00:00Z, size: 5}, result: %s}"
                        .formatted(result);
        assertThat(run(JSON_SCHEMA + test).get(0).differences()).containsExactly(difference);
    }

    @Test
    void differencesInsideAFieldNameTheirPath() throws SchemaException {
        String test =
                """
                Tests:
                - input: {time: 2026-03-02T12:00:00Z, actor: {id: a, more: [1, {x: y}]}}
                  result:
                    time: 2026-03-02 12:00:00.000000000
                    actor: {id: b, more: [1, {x: z}], gone: true}
                """;
        assertThat(run(JSON_SCHEMA + test).get(0).differences())
                .containsExactly(
                        "actor.id: expected \"b\", found \"a\"",
                        "actor.more[1].x: expected \"z\", found \"y\"",
                        "actor.gone: expected true, found nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{input: {time: 2026-03-02T12:00:00Z}, rejected: why} | expected to be rejected with 'why', was accepted",
                "{input: {}, rejected: why} | expected to be rejected with 'why', was with: time: is required and missing",
                "{input: {}, result: {}} | was rejected: time: is required and missing",
            })
    void aRejectionIsCompared(String test, String difference) throws SchemaException {
        assertThat(run(JSON_SCHEMA + "Tests: [" + test + "]").get(0).differences())
                .containsExactly(difference);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{input: a} | line 11: a test needs either result or rejected",
                "{input: a, result: {}, rejected: b} | line 11: a test needs either result or rejected",
                "{result: {}} | line 11: 'input' is missing in Tests",
                "{input: a, result: '{'} | line 11: expected JSON for result: ",
                "{input: a, result: 5} | line 11: expected an event or a list of events for result",
                "{input: a, results: {}} | line 11: unknown key 'results'",
            })
    void aTestThatIsNoneIsRefused(String test, String message) {
        assertThatThrownBy(() -> run(JSON_SCHEMA + "Tests:\n- " + test))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining(message);
    }

    private static List<SchemaTestResult> run(String yaml) throws SchemaException {
        return SchemaTester.test(SchemaReader.readFile("x.yml", new StringReader(yaml)), CLOCK);
    }
}
