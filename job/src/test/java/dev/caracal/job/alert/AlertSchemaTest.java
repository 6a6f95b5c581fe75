package dev.caracal.job.alert;

import static dev.caracal.job.alert.Matches.OF_A_RULE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.job.output.AlertLines;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode record(Alert.Type type) throws Exception {
        Match match = OF_A_RULE.at(Matches.millis("1"), "row-1");
        return (ObjectNode)
                JSON.readTree(
                        new AlertLines()
                                .line(AlertGrouping.open(type, match, Matches.millis("2"))));
    }

    private static List<String> fields(ObjectNode record) {
        var names = new ArrayList<String>();
        record.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordIsAsTheSchemaSays(Alert.Type type) throws Exception {
        assertThat(AlertSchema.problems(record(type))).isEmpty();
    }

    @Test
    void updatesAreAsTheSchemaSays() throws Exception {
        try (AlertTester tester = new AlertTester(AlertClock.PROCESSING_TIME)) {
            tester.match("0", OF_A_RULE);
            tester.match("1", OF_A_RULE);
            tester.moveTo("100");

            assertThat(tester.alerts()).hasSize(2);
            for (Alert alert : tester.alerts()) {
                assertThat(AlertSchema.problems(alert)).isEmpty();
            }
        }
    }

    @Test
    void everyFieldOfTheSchemaIsWrittenAndNoOther() throws Exception {
        for (String field : fields(record(Alert.Type.RULE))) {
            ObjectNode without = record(Alert.Type.RULE);
            without.remove(field);
            assertThat(AlertSchema.problems(without)).as("without %s", field).isNotEmpty();
        }
        assertThat(AlertSchema.problems(record(Alert.Type.RULE).put("another", 1))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schemaVersion|2",
                "alertId|\"no hash\"",
                "ruleId|\"\"",
                "type|\"POLICY\"",
                "severity|\"high\"",
                "tags|null",
                "reports|{\"CIS\":\"1.1\"}",
                "destinations|\"all\"",
                "eventCount|0",
                "creationTime|\"2026-01-02 03:04:05\"",
                "context|\"{}\"",
                "rowIds|[]",
                "event|[]",
            })
    void otherValuesAreNot(String field, String value) throws Exception {
        ObjectNode record = record(Alert.Type.RULE);
        record.set(field, JSON.readTree(value));

        assertThat(AlertSchema.problems(record)).hasSizeGreaterThan(0);
    }

    @Test
    void recordsLieInTheFolderOfTheDayOnWhichTheAlertWasMade() throws Exception {
        Alert alert =
                AlertGrouping.open(
                        Alert.Type.RULE,
                        OF_A_RULE.at(0, "row"),
                        Instant.parse("2026-11-24T23:59:59Z").toEpochMilli());

        assertThat(new AlertLines().partition(alert)).isEqualTo("alerts/year=2026/month=11/day=24");
    }
}
