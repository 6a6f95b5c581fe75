package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The log types of one vendor are told apart: a record that one of them accepts is classified as
 * that one, whichever others of its family are candidates too, in the order of their names.
 */
class ClassificationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> FAMILIES =
            List.of(
                    "AWS.",
                    "Cloudflare.",
                    "Crowdstrike.",
                    "Duo.",
                    "Fluentd.",
                    "GitLab.",
                    "Osquery.",
                    "Slack.",
                    "Suricata.");

    /** The one log type for all events of Falcon: a log source lists it or the older ones. */
    private static final String ALTERNATIVE = "Crowdstrike.FDREvent";

    /** Log types whose records another one of the family, which comes first, accepts as well. */
    private static final Map<String, String> TAKEN_BY =
            Map.of(
                    // RFC 5424 adds fields to those of RFC 3164, all of which it has.
                    "Fluentd.Syslog5424", "Fluentd.Syslog3164",
                    // The log of Git commands has no more than a time, a severity and a message.
                    "GitLab.Integrations", "GitLab.Git");

    @TestFactory
    Stream<DynamicTest> recordIsClassifiedAsItsOwnType() {
        return FAMILIES.stream().flatMap(ClassificationTest::tests);
    }

    private static Stream<DynamicTest> tests(String family) {
        List<LogType> candidates =
                LogTypes.builtin().all().stream()
                        .filter(logType -> logType.name().startsWith(family))
                        .filter(logType -> !logType.name().equals(ALTERNATIVE))
                        .toList();
        assertThat(candidates).as(family).hasSizeGreaterThan(1);
        return candidates.stream()
                .map(LogType::name)
                .map(name -> DynamicTest.dynamicTest(name, () -> check(name, candidates)));
    }

    private static void check(String logType, List<LogType> candidates) throws Exception {
        List<String> lines = new ArrayList<>(LogTypeCasesTest.lines("cases/" + logType + ".jsonl"));
        lines.addAll(LogTypeCasesTest.lines("cases/" + logType + ".own.jsonl"));
        String expected = TAKEN_BY.getOrDefault(logType, logType);
        for (String line : lines) {
            JsonNode testCase = JSON.readTree(line);
            if (testCase.path("events").isEmpty()) {
                continue;
            }
            assertThat(classify(testCase, candidates))
                    .as(line.substring(0, Math.min(200, line.length())))
                    .isInstanceOfSatisfying(
                            Classification.Accepted.class,
                            accepted -> assertThat(accepted.logType()).isEqualTo(expected));
        }
    }

    private static Classification classify(JsonNode testCase, List<LogType> candidates) {
        byte[] record = testCase.path("line").asText().strip().getBytes(StandardCharsets.UTF_8);
        byte[] header = testCase.path("header").path(0).asText().getBytes(StandardCharsets.UTF_8);
        return new Classifier(candidates)
                .classify(
                        record,
                        0,
                        record.length,
                        new RecordContext("", "", "bucket/key", 0, header, 0));
    }
}
