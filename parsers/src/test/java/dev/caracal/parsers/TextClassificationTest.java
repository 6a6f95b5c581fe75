package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Which log type the records of text formats are taken for where all of them are candidates: their
 * own, but for those that are records of two.
 */
class TextClassificationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> NAMES =
            List.of(
                    "AWS.ALB",
                    "AWS.AuroraMySQLAudit",
                    "AWS.S3ServerAccess",
                    "AWS.VPCFlow",
                    "Apache.AccessCombined",
                    "Apache.AccessCommon",
                    "CiscoUmbrella.CloudFirewall",
                    "CiscoUmbrella.DNS",
                    "CiscoUmbrella.IP",
                    "CiscoUmbrella.Proxy",
                    "Fastly.Access",
                    "Juniper.Access",
                    "Juniper.Audit",
                    "Juniper.Firewall",
                    "Juniper.MWS",
                    "Juniper.Postgres",
                    "Juniper.Security",
                    "Nginx.Access",
                    "Syslog.RFC3164",
                    "Syslog.RFC5424");

    /** The log type, earlier in the order, that accepts records of another. */
    private static final Map<String, String> TAKEN_FOR =
            Map.of(
                    // Fastly's log has Apache's format.
                    "Fastly.Access", "Apache.AccessCommon",
                    // nginx's format is Apache's, always with - for the client's identity.
                    "Nginx.Access", "Apache.AccessCombined",
                    // Up to version 4 a row without a content type has what a DNS row must have.
                    "CiscoUmbrella.Proxy", "CiscoUmbrella.DNS");

    private record Case(String logType, String record, String header) {}

    @TestFactory
    Stream<DynamicTest> recordIsTakenForItsOwnLogTypeOrTheOneWithTheSameFormat() {
        return NAMES.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> checkClassification(name)));
    }

    private static void checkClassification(String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (Case testCase : cases(name)) {
            String logType = classify(testCase);
            assertThat(logType)
                    .as(testCase.record())
                    .isIn(name, TAKEN_FOR.getOrDefault(name, name));
            found.add(logType);
        }
        assertThat(found).contains(TAKEN_FOR.getOrDefault(name, name));
    }

    private static String classify(Case testCase) {
        byte[] record = testCase.record().getBytes(StandardCharsets.UTF_8);
        byte[] header = testCase.header().getBytes(StandardCharsets.UTF_8);
        Classifier classifier =
                new Classifier(
                        NAMES.stream()
                                .map(name -> LogTypes.builtin().find(name).orElseThrow())
                                .toList());
        Classification classification =
                classifier.classify(
                        record,
                        0,
                        record.length,
                        new RecordContext("", "", "bucket/key", 1, header, 1_700_000_000_000L));
        assertThat(classification)
                .as(testCase.record())
                .isInstanceOf(Classification.Accepted.class);
        return ((Classification.Accepted) classification).logType();
    }

    private static List<Case> cases(String name) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String suffix : List.of(".jsonl", ".own.jsonl")) {
            try (InputStream content =
                    TextClassificationTest.class.getResourceAsStream("cases/" + name + suffix)) {
                String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    JsonNode testCase = JSON.readTree(line);
                    if (testCase.has("events")) {
                        cases.add(
                                new Case(
                                        name,
                                        testCase.path("line").asText().strip(),
                                        testCase.path("header").path(0).asText()));
                    }
                }
            }
        }
        return cases;
    }
}
