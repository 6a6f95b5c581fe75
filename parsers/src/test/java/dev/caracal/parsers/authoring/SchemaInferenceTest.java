package dev.caracal.parsers.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theSchemaReadsAsIfWrittenByHand() throws Exception {
        List<String> samples =
                List.of(
                        """
                        {"id":"a1","publishedAt":"2026-03-02T12:00:00Z","expires":1772452800,
                        "actor":{"email":"bo@example.com","roles":["admin"]},
                        "client":{"ip":"192.0.2.1","port":443},"@odd name":1.5,
                        "target":[{"arn":"arn:aws:iam::123456789012:user/bo","ok":true}],
                        "labels":{},"nothing":null,"matrix":[[1],[2]]}
                        """,
                        """
                        {"id":"a2","publishedAt":"2026-03-02T12:00:01.5+01:00","expires":1772452801,
                        "actor":{"email":"al@example.com"},
                        "client":{"ip":"2001:db8::1"},"@odd name":2,
                        "target":[{"arn":"arn:aws:s3:::bucket"}],"labels":{},"matrix":[]}
                        """);
        assertThat(infer(samples))
                .isEqualTo(
                        """
                        schema: Test.Inferred
                        fields:
                        - {name: id, required: true, type: string}
                        - {name: publishedAt, required: true, type: timestamp, timeFormat: rfc3339, isEventTime: true}
                        - {name: expires, required: true, type: timestamp, timeFormat: unix}
                        - name: actor
                          required: true
                          type: object
                          fields:
                          - {name: email, required: true, type: string, indicators: [email]}
                          - {name: roles, type: array, element: {type: string}}
                        - name: client
                          required: true
                          type: object
                          fields:
                          - {name: ip, required: true, type: string, indicators: [ip]}
                          - {name: port, type: bigint}
                        - {name: '@odd name', required: true, type: float}
                        - name: target
                          required: true
                          type: array
                          element:
                            type: object
                            fields:
                            - {name: arn, required: true, type: string, indicators: [aws_arn]}
                            - {name: ok, type: boolean}
                        - {name: labels, required: true, type: json}
                        - {name: matrix, required: true, type: array, element: {type: array, element: {type: bigint}}}
                        """);
        assertAccepted(samples);
    }

    /** Samples of one field; the field as it is written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Numbers, and text that looks so.
                "x | 1 | 2 | type: bigint",
                "x | 1 | 2.5 | type: float",
                "x | 1 | true | type: string",
                "x | 9223372036854775808 | 1 | type: float",
                "size | \"12\" | 5 | type: bigint",
                "ratio | \"1.5\" | \"2\" | type: float",
                "x | \"007\" | \"1\" | type: string",
                "userId | \"12\" | \"13\" | type: string",
                "userId | 12 | 13 | type: bigint",
                "x | true | \"false\" | type: boolean",
                "x | \"t\" | \"f\" | type: string",
                // Times.
                "createdAt | 1772452800 | 1772452801.25 | type: timestamp, timeFormat: unix, isEventTime: true",
                "event_time | 1772452800123 | 1772452800124 | type: timestamp, timeFormat: unix_ms, isEventTime: true",
                "ts | 1772452800123456 | 1772452800123457 | type: timestamp, timeFormat: unix_us, isEventTime: true",
                "ts | \"1772452800123456789\" | 1772452800123456789 | type: timestamp, timeFormat: unix_ns, isEventTime: true",
                "bytes | 1772452800 | 1772452801 | type: bigint",
                "timeout | 30 | 60 | type: bigint",
                "uptime | 3000 | 1772452801 | type: bigint",
                "x | \"2026-03-02T12:00:00Z\" | \"2026-03-02 12:00:00+01:00\" | type: timestamp, timeFormat: rfc3339, isEventTime: true",
                "x | \"2026-03-02 12:00:00\" | \"2026-03-02 12:00:01\" | type: timestamp, timeFormat: '%Y-%m-%d %H:%M:%S', isEventTime: true",
                "x | \"02/Mar/2026:12:00:00 +0000\" | null | type: timestamp, timeFormat: '%d/%b/%Y:%H:%M:%S %z', isEventTime: true",
                "x | \"2026-03-02T12:00:00Z\" | \"never\" | type: string",
                // Indicators, where all agree.
                "x | \"192.0.2.1\" | \"2001:db8::1\" | type: string, indicators: [ip]",
                "x | \"192.0.2.1\" | \"-\" | type: string",
                "x | \"192.0.2.1\" | \"\" | type: string, indicators: [ip]",
                "x | \"https://example.com/a?b\" | \"http://192.0.2.1\" | type: string, indicators: [url]",
                "x | \"192.0.2.1:80\" | \"[2001:db8::1]:80\" | type: string, indicators: [net_addr]",
                "x | \"arn:aws:s3:::b\" | \"arn:aws-cn:iam::123456789012:user/a\" | type: string, indicators: [aws_arn]",
                "x | \"bo@example.com\" | \"al@mail.example.com\" | type: string, indicators: [email]",
                "x | \"bo@localhost\" | \"al\" | type: string",
                "x | \"d41d8cd98f00b204e9800998ecf8427e\" | null | type: string, indicators: [md5]",
                "x | \"da39a3ee5e6b4b0d3255bfef95601890afd80709\" | null | type: string, indicators: [sha1]",
                "x | \"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\" | null | type: string, indicators: [sha256]",
                "x | \"i-0123456789abcdef0\" | \"i-01234567\" | type: string, indicators: [aws_instance_id]",
                "hostName | \"web-1.example.com\" | \"192.0.2.1\" | type: string, indicators: [hostname]",
                "action | \"user.session.start\" | \"user.session.end\" | type: string",
                "accountId | \"123456789012\" | \"012345678901\" | type: string, indicators: [aws_account_id]",
                "traceId | \"d41d8cd98f00b204e9800998ecf8427e\" | \"x\" | type: string, indicators: [trace_id]",
                "userName | \"bo\" | \"al\" | type: string, indicators: [username]",
                // Shapes that do not agree, or say nothing.
                "x | {\"a\":1} | [1] | type: json",
                "x | {\"a\":1} | \"\" | type: json",
                "x | [1] | 1 | type: json",
                "x | [] | [] | type: json",
                "x | {} | {} | type: json",
                "x | [null] | [] | type: json",
                "x | [{\"a\":1}] | [2] | type: array, element: {type: json}",
                "x | \"\" | \"\" | type: string",
            })
    void aFieldIsWhatAllItsValuesAre(String name, String one, String other, String expected)
            throws Exception {
        List<String> samples =
                List.of(
                        "{\"%s\":%s,\"z\":{}}".formatted(name, one),
                        "{\"%s\":%s,\"z\":{}}".formatted(name, other));
        String field = infer(samples).lines().skip(2).findFirst().orElseThrow();
        assertThat(field.replace("required: true, ", ""))
                .isEqualTo("- {name: " + name + ", " + expected + "}");
        assertAccepted(samples);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {\"a\":2} | true",
                "{\"a\":1} | {\"\\u0061\":2} | true",
                "{\"a\":1} | {} | false",
                "{\"a\":1} | {\"a\":null} | false",
                "{\"a\":\"x\"} | {\"a\":\"\"} | true",
                "{\"a\":1} | {\"a\":\"\"} | false",
                "{\"a\":[]} | {\"a\":[1]} | true",
                "{\"a\":1,\"a\":2} | {} | false",
                "{\"a\":\"0001-01-01T00:00:00Z\"} | {\"a\":\"2026-03-02T12:00:00Z\"} | false",
            })
    void aFieldIsRequiredIfAllSamplesHaveIt(String one, String other, boolean required)
            throws Exception {
        List<String> samples = List.of(one, other);
        assertThat(infer(samples).contains("name: a, required: true")).isEqualTo(required);
        assertAccepted(samples);
    }

    @ParameterizedTest
    @CsvSource({
        "createdAt, eventTime, eventTime",
        "eventTime, createdAt, eventTime",
        "updated, started, started",
        "first, second, first"
    })
    void theEventTimeIsTheFieldNamedSo(String one, String other, String expected) throws Exception {
        String sample =
                "{\"%s\":\"2026-03-02T12:00:00Z\",\"%s\":\"2026-03-02T12:00:01Z\"}"
                        .formatted(one, other);
        assertThat(infer(List.of(sample)).lines())
                .filteredOn(line -> line.contains("isEventTime: true"))
                .singleElement()
                .asString()
                .contains("name: " + expected + ",");
    }

    @Test
    void anEventTimeIsRatherOneThatAllSamplesHave() throws Exception {
        String both =
                "{\"timestamp\":\"2026-03-02T12:00:00Z\",\"a\":{\"made\":\"2026-03-02T12:00:00Z\"}}";
        String one = "{\"a\":{\"made\":\"2026-03-02T12:00:00Z\"}}";
        assertThat(infer(List.of(both, one)))
                .contains(
                        "made, required: true, type: timestamp, timeFormat: rfc3339, isEventTime");
    }

    @Test
    void anObjectWhoseNamesAreDataIsJson() throws Exception {
        List<String> samples =
                IntStream.range(0, 30)
                        .mapToObj("{\"tags\":{\"k%1$d\":1},\"fixed\":{\"a\":1}}"::formatted)
                        .toList();
        assertThat(infer(samples))
                .contains("{name: tags, required: true, type: json}")
                .contains("- {name: a, required: true, type: bigint}");
        assertAccepted(samples);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "5", "", "{\"a\":1} x", "{\"a\":", "{\"a\":1}{\"a\":2}"})
    void whatIsNoObjectIsNoSample(String sample) {
        assertThatThrownBy(() -> infer(List.of("{\"a\":true}", sample)))
                .isInstanceOf(MismatchException.class)
                .hasMessageStartingWith("not JSON: ");
    }

    @Test
    void withoutAFieldThereIsNoSchema() {
        assertThatThrownBy(() -> infer(List.of("{}", "{\"a\":null}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the samples have no field that is not null");
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySampleIsAccepted(int seed) throws Exception {
        Samples random = new Samples(new Random(seed));
        List<String> samples = new ArrayList<>();
        for (int i = 0; i < 1 + seed % 7; i++) {
            samples.add(JSON.writeValueAsString(random.object(0)));
        }
        assertAccepted(samples);
    }

    private static String infer(List<String> samples) throws MismatchException {
        SchemaInference inference = new SchemaInference();
        for (String sample : samples) {
            byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
            inference.add(bytes, 0, bytes.length);
        }
        return inference.yaml("Test.Inferred");
    }

    private static void assertAccepted(List<String> samples)
            throws MismatchException, SchemaException {
        String yaml = infer(samples);
        Classifier classifier =
                new Classifier(
                        List.of(new LogType(SchemaReader.read("x.yml", new StringReader(yaml)))));
        for (String sample : samples) {
            byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
            RecordContext context = new RecordContext("", "", "x", 0, new byte[0], 0);
            assertThat(classifier.classify(bytes, 0, bytes.length, context))
                    .as("%s with %s", sample, yaml)
                    .isInstanceOf(Classification.Accepted.class);
        }
    }

    /** Random records whose names and values come from a small stock, so that they often clash. */
    private record Samples(Random random) {

        private static final List<String> NAMES =
                List.of(
                        "a",
                        "A",
                        "b.c",
                        "b_c",
                        "time",
                        "createdAt",
                        "id",
                        "on",
                        "",
                        "p_x",
                        "ä'\"",
                        "\u4e2d",
                        "\ud83d\ude00",
                        "user name",
                        "- x",
                        "\n",
                        "host",
                        "accountId");

        private static final List<Object> SCALARS =
                List.of(
                        0,
                        1,
                        -5,
                        1772452800,
                        1772452800123L,
                        Long.MIN_VALUE,
                        1.5,
                        -0.0,
                        1e300,
                        true,
                        false,
                        "",
                        "1",
                        "007",
                        "1.0",
                        "1e400",
                        "true",
                        "T",
                        "x",
                        "192.0.2.1",
                        "2026-03-02T12:00:00Z",
                        "0001-01-01T00:00:00Z",
                        "2026-03-02 12:00:00",
                        "http://x",
                        "a@b.c",
                        "ä\u0000\ud83d\ude00",
                        "\ud800",
                        new BigInteger("9".repeat(120)));

        Map<String, Object> object(int depth) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("always", value(depth));
            for (int i = random.nextInt(6); i > 0; i--) {
                object.put(NAMES.get(random.nextInt(NAMES.size())), value(depth));
            }
            return object;
        }

        private Object value(int depth) {
            int kind = random.nextInt(depth > 3 ? 6 : 10);
            if (kind < 6) {
                return SCALARS.get(random.nextInt(SCALARS.size()));
            }
            if (kind < 8) {
                return object(depth + 1);
            }
            List<Object> array = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(random.nextInt(8) == 0 ? null : value(depth + 1));
            }
            return array;
        }
    }
}
