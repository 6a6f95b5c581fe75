package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertGroupingTest {

    private static Match match(String rowId, boolean error, @Nullable List<String> destinations) {
        return new Match(
                "R.Id",
                "v1",
                error,
                Severity.HIGH,
                "title",
                "dedup",
                5,
                2,
                true,
                "description",
                "runbook",
                "reference",
                List.of("tag"),
                List.of(new Report("MITRE ATT&CK", List.of("TA0003:T1136"))),
                destinations,
                "",
                "{\"k\": 1}",
                "Test.Log",
                rowId,
                0,
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }

    private static String id(Match match, long nowMillis) {
        return AlertGrouping.open(Alert.Type.RULE, match, nowMillis).alertId();
    }

    @Test
    void anAlertIsOfTheFirstMatchAndCountsTheOthers() {
        Match first = match("row-1", false, null);
        Alert opened = AlertGrouping.open(Alert.Type.RULE, first, 1000);
        AlertPeriod period =
                AlertGrouping.begin(opened, first)
                        .add("Test.Log", true, 2000)
                        .add("Test.Other", true, 3000);

        Alert alert = opened.asOf(period, List.of("row-1", "row-2", "row-3"), 4000);

        assertThat(alert.isNew()).isFalse();
        assertThat(new String(alert.toJson(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"schemaVersion\":1,\"alertId\":\""
                                + opened.alertId()
                                + "\",\"ruleId\":\"R.Id\",\"version\":\"v1\",\"type\":\"RULE\","
                                + "\"severity\":\"HIGH\",\"title\":\"title\",\"dedup\":\"dedup\","
                                + "\"description\":\"description\",\"runbook\":\"runbook\","
                                + "\"reference\":\"reference\",\"tags\":[\"tag\"],"
                                + "\"reports\":{\"MITRE ATT&CK\":[\"TA0003:T1136\"]},"
                                + "\"destinations\":null,"
                                + "\"logTypes\":[\"Test.Log\",\"Test.Other\"],\"eventCount\":3,"
                                + "\"firstMatchTime\":\"1970-01-01T00:00:01Z\","
                                + "\"lastMatchTime\":\"1970-01-01T00:00:03Z\","
                                + "\"creationTime\":\"1970-01-01T00:00:02Z\","
                                + "\"updateTime\":\"1970-01-01T00:00:04Z\",\"context\":{\"k\": 1},"
                                + "\"rowIds\":[\"row-1\",\"row-2\",\"row-3\"],\"event\":{\"a\":1}}");
    }

    @Test
    void noDestinationIsNotTheUsualOnes() {
        Alert alert = AlertGrouping.open(Alert.Type.RULE, match("row", false, List.of()), 0);

        assertThat(new String(alert.toJson(), StandardCharsets.UTF_8))
                .contains("\"destinations\":[]");
    }

    @Test
    void idsAreTheSameInAReplayAndDifferOtherwise() {
        String id = id(match("row-1", false, null), 0);

        assertThat(id(match("row-1", false, null), 9)).isEqualTo(id).hasSize(32);
        assertThat(id(match("row-2", false, null), 0)).isNotEqualTo(id);
        assertThat(id(match("row-1", true, null), 0)).isNotEqualTo(id);
        assertThat(
                        AlertGrouping.open(Alert.Type.SYSTEM_HEALTH, match("row-1", false, null), 0)
                                .alertId())
                .isNotEqualTo(id);
        assertThat(AlertGrouping.key(match("row-1", true, null)))
                .isNotEqualTo(AlertGrouping.key(match("row-1", false, null)));
    }

    @Test
    void aPeriodIsBounded() {
        Match first = match("row", false, null);
        AlertPeriod period =
                AlertGrouping.begin(AlertGrouping.open(Alert.Type.RULE, first, 0), first);
        for (int i : IntStream.range(0, 1000).toArray()) {
            period = period.add("Test.Log" + i, true, i);
        }

        assertThat(period.eventCount()).isEqualTo(1001);
        assertThat(period.counted()).isEqualTo(2);
        assertThat(period.logTypes()).hasSize(AlertPeriod.MAX_LOG_TYPES);
    }
}
