package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.parsers.schema.SchemaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Mutated records, with a fixed seed: the classifier always answers, and with sound events. */
class ClassifierFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MUTATIONS_PER_CASE = 400;
    private static final String[] SNIPPETS = {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "1e999",
        "-",
        "\\ud83d",
        "\\u0000",
        "\"\":",
        "\n",
        "[[[[",
        "9999999999999999999999",
        "\u00e9",
        "{\"a\":{\"a\":",
        "true",
        " ",
        "\"-\"",
        "0x1"
    };

    private record Sample(String record, String header) {}

    /** The candidates for a record are the log types of its vendor. */
    @Test
    void everyMutatedRecordIsAcceptedOrRejected() throws IOException {
        Map<String, List<LogType>> vendors =
                LogTypes.builtin().all().stream()
                        .collect(
                                Collectors.groupingBy(
                                        logType ->
                                                logType.name()
                                                        .substring(
                                                                0, logType.name().indexOf('.'))));
        for (List<LogType> logTypes : vendors.values()) {
            fuzz(logTypes, samples(logTypes));
        }
    }

    @Test
    void everyParserOfASchemaAcceptsOrRejects() throws IOException, SchemaException {
        String fields =
                """
                fields:
                - {name: time, type: timestamp, timeFormats: ['%b %e %T', 'layout=2006-01-02 15:04']}
                - {name: n, type: int, split: {from: x, separator: ',', index: 1}}
                - {name: both, type: string, concat: {paths: [user, o.p.0]}, indicators: [ipv4_text]}
                - {name: user, type: string, rename: {from: u}, mask: {type: sha256}}
                - {name: o, type: object, isEmbeddedJSON: true, fields: [{name: p, type: json}]}
                - {name: q, type: array, element: {type: int}, copy: {from: o.p}}
                caseInsensitive: true
                """;
        List<String> parsers =
                List.of(
                        "",
                        "parser: {csv: {delimiter: ';', columns: [time, u, x, o]}}",
                        "parser: {csv: {delimiter: ';', hasHeader: true, skipPrefix: '#'}}",
                        "parser: {fastmatch: {match: ['%{time};%{u};\"%{x}\";%{o}', '%{u}={%{o}'],"
                                + " expandFields: {u: '%{u}%{o}'}, trimSpace: true}}",
                        "parser: {regex: {match: ['%{SYSLOGTIMESTAMP:time};%{DATA:u};\"?%{QS:x}?"
                                + "%{GREEDYDATA:o}']}}");
        List<Sample> records =
                List.of(
                        new Sample(
                                "{\"TIME\":\"2026-01-02 03:04\",\"u\":\"jo\",\"x\":\"a,5\","
                                        + "\"o\":\"{\\\"p\\\":[1,{\\\"b\\\":2}]}\",\"n\":10.0.0.1}",
                                ""),
                        new Sample("Jan  2 03:04:05;jo;\"a,\"\"5\";{\"p\":[1,2]}", "# x\na;b;u;o"),
                        new Sample(
                                "2026-01-02 03:04;10.0.0.1;\"a\\\",5\";{\"p\":[]}", "time;U;x;O"),
                        new Sample("\u00e9={x", "time"));
        for (String parser : parsers) {
            String yaml = "schema: Test.Fuzz\n" + fields + parser;
            fuzz(List.of(LogType.read("fuzz.yml", new StringReader(yaml))), records);
        }
    }

    private static void fuzz(List<LogType> logTypes, List<Sample> samples) throws IOException {
        Random random = new Random(42);
        Classifier classifier = new Classifier(logTypes);
        long records = 0;
        long accepted = 0;
        long rejected = 0;
        for (Sample sample : samples) {
            byte[] header = sample.header().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < MUTATIONS_PER_CASE; i++) {
                byte[] record = mutate(sample.record().getBytes(StandardCharsets.UTF_8), random);
                RecordContext context = new RecordContext("s", "l", "o", records++, header, 1_000L);
                Classification classification =
                        classifier.classify(record, 0, record.length, context);
                if (classification instanceof Classification.Accepted found) {
                    accepted++;
                    for (Event event : found.events()) {
                        checkSound(event);
                    }
                } else {
                    rejected++;
                    checkReasons((Classification.Rejected) classification, logTypes.size());
                }
            }
        }
        assertThat(accepted + rejected).isEqualTo(records);
        assertThat(accepted).isPositive();
        assertThat(rejected).isPositive();
    }

    private static void checkSound(Event event) throws IOException {
        JsonNode json = JSON.readTree(event.json());
        assertThat(JSON.writeValueAsBytes(json)).isNotEmpty();
        assertThat(json.path("p_log_type").asText()).isEqualTo(event.logType());
        assertThat(json.path("p_row_id").asText()).isEqualTo(event.rowId());
        assertThat(new String(event.json(), StandardCharsets.ISO_8859_1)).doesNotContain("\n");
    }

    private static void checkReasons(Classification.Rejected rejected, int candidates) {
        assertThat(rejected.reasons()).hasSize(candidates);
        for (Classification.Reason reason : rejected.reasons()) {
            assertThat(reason.message()).hasSizeLessThan(260).doesNotContain("parser failed");
        }
    }

    private static byte[] mutate(byte[] record, Random random) {
        byte[] result = record;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(result.length + 1);
            int to = Math.min(result.length, at + random.nextInt(20));
            byte[] between =
                    switch (random.nextInt(5)) {
                        case 0 ->
                                SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(
                                        StandardCharsets.UTF_8);
                        case 1 -> new byte[] {(byte) random.nextInt(256)};
                        case 2 ->
                                Arrays.copyOfRange(
                                        result,
                                        0,
                                        random.nextInt(Math.min(200, result.length) + 1));
                        default -> new byte[0];
                    };
            result = join(Arrays.copyOf(result, at), between, tail(result, at, to, random));
        }
        return result;
    }

    /** What follows a mutation: mostly the rest, at times nothing. */
    private static byte[] tail(byte[] record, int at, int to, Random random) {
        if (random.nextInt(10) == 0) {
            return new byte[0];
        }
        return Arrays.copyOfRange(record, random.nextBoolean() ? at : to, record.length);
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] result = new byte[length];
        int position = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, result, position, part.length);
            position += part.length;
        }
        return result;
    }

    private static List<Sample> samples(List<LogType> logTypes) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (LogType logType : logTypes) {
            for (String suffix : List.of(".jsonl", ".own.jsonl")) {
                String resource = "cases/" + logType.name() + suffix;
                try (InputStream content = ClassifierFuzzTest.class.getResourceAsStream(resource)) {
                    Objects.requireNonNull(content, resource);
                    String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                    for (String line : text.lines().toList()) {
                        JsonNode testCase = JSON.readTree(line);
                        samples.add(
                                new Sample(
                                        testCase.path("line").asText().strip(),
                                        testCase.path("header").path(0).asText()));
                    }
                }
            }
        }
        return samples;
    }
}
