package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertGroupingTest {

    private static final long MINUTE = 60_000;

    private static Match match(String rowId, boolean error, int threshold, String title) {
        return match(rowId, error, threshold, title, "");
    }

    private static Match match(
            String rowId, boolean error, int threshold, String title, String unique) {
        return new Match(
                "R.Id",
                "v1",
                error,
                Severity.HIGH,
                title,
                "dedup",
                5,
                threshold,
                true,
                "description",
                "runbook",
                "reference",
                List.of("tag"),
                List.of(),
                List.of(),
                unique,
                "{\"k\": 1}",
                "Test.Log",
                rowId,
                0,
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // minutes of the matches | threshold | minutes at which there is a new alert
                "0 1 2|1|0",
                "0 1 4|3|4",
                "0 1|3|",
                "0 3 5 6|3|",
                "0 4 5 9 10|1|0 5 10",
                "0 1 2 5 6 7 8|3|2 7",
            })
    void thereIsOneAlertForAPeriodOnceTheThresholdIsCrossed(
            String minutes, int threshold, String expected) {
        var opened = new ArrayList<String>();
        AlertPeriod period = null;
        for (String minute : minutes.split(" ")) {
            period =
                    AlertGrouping.add(
                            period,
                            match("row-" + minute, false, threshold, "title"),
                            Long.parseLong(minute) * MINUTE);
            if (period.isNewAlert()) {
                opened.add(minute);
            }
        }
        assertThat(String.join(" ", opened)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void anAlertIsOfTheFirstMatchAndCountsTheOthers() {
        AlertPeriod period = AlertGrouping.add(null, match("row-1", false, 2, "first"), 1000);
        assertThat(period.isAlert()).isFalse();
        String alertId = period.alert().alertId();
        period = AlertGrouping.add(period, match("row-2", false, 2, "second"), 2000);
        assertThat(period.isNewAlert()).isTrue();
        period = AlertGrouping.add(period, match("row-3", false, 2, "third"), 3000);

        assertThat(period.isAlert()).isTrue();
        assertThat(period.isNewAlert()).isFalse();
        assertThat(new String(period.alert().toJson(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"alertId\":\""
                                + alertId
                                + "\",\"ruleId\":\"R.Id\",\"version\":\"v1\",\"type\":\"RULE\","
                                + "\"severity\":\"HIGH\",\"title\":\"first\",\"dedup\":\"dedup\","
                                + "\"description\":\"description\",\"runbook\":\"runbook\","
                                + "\"reference\":\"reference\",\"tags\":[\"tag\"],"
                                + "\"reports\":{},\"destinations\":[],"
                                + "\"logTypes\":[\"Test.Log\"],\"eventCount\":3,"
                                + "\"firstMatchTime\":\"1970-01-01T00:00:01Z\","
                                + "\"lastMatchTime\":\"1970-01-01T00:00:03Z\","
                                + "\"creationTime\":\"1970-01-01T00:00:02Z\","
                                + "\"updateTime\":\"1970-01-01T00:00:03Z\",\"context\":{\"k\": 1},"
                                + "\"rowIds\":[\"row-1\",\"row-2\",\"row-3\"],\"event\":{\"a\":1}}");
    }

    @Test
    void idsAreTheSameInAReplayAndDifferOtherwise() {
        String id = AlertGrouping.add(null, match("row-1", false, 1, "t"), 0).alert().alertId();

        assertThat(AlertGrouping.add(null, match("row-1", false, 1, "t"), 9).alert().alertId())
                .isEqualTo(id)
                .hasSize(32);
        assertThat(AlertGrouping.add(null, match("row-2", false, 1, "t"), 0).alert().alertId())
                .isNotEqualTo(id);
        assertThat(AlertGrouping.add(null, match("row-1", true, 1, "t"), 0).alert().alertId())
                .isNotEqualTo(id);
        assertThat(AlertGrouping.key(match("row-1", true, 1, "t")))
                .isNotEqualTo(AlertGrouping.key(match("row-1", false, 1, "t")));
    }

    @Test
    void ruleErrorsKnowNoThreshold() {
        AlertPeriod period = AlertGrouping.add(null, match("row-1", true, 10, "t"), 0);

        assertThat(period.isNewAlert()).isTrue();
        assertThat(period.alert().type()).isEqualTo(Alert.Type.RULE_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // values of unique() | threshold | numbers of the matches that make an alert
                "a a a|2|",
                "a a b|2|3",
                "a b c d|3|3",
                "a b a b c c|3|5",
                "a|1|1",
                "a a|1|1",
                "- - a -|4|4",
            })
    void aThresholdIsOneOfDistinctValuesWhereTheRuleGivesThem(
            String values, int threshold, String expected) {
        var opened = new ArrayList<String>();
        AlertPeriod period = null;
        int number = 0;
        for (String value : values.split(" ")) {
            number++;
            String unique = value.equals("-") ? "" : value;
            Match match = match("row-" + number, false, threshold, "title", unique);
            period = AlertGrouping.add(period, match, number);
            if (period.isNewAlert()) {
                opened.add(String.valueOf(number));
            }
        }
        assertThat(String.join(" ", opened)).isEqualTo(expected == null ? "" : expected);
        assertThat(period.alert().eventCount()).isEqualTo(number);
    }

    @Test
    void rowIdsAreBounded() {
        AlertPeriod period = null;
        for (int i = 0; i < 1000; i++) {
            period = AlertGrouping.add(period, match("row-" + i, false, 1, "t"), i);
        }
        assertThat(period.alert().eventCount()).isEqualTo(1000);
        assertThat(period.alert().rowIds()).hasSize(AlertGrouping.MAX_ROW_IDS);
    }
}
