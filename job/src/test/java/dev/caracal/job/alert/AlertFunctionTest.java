package dev.caracal.job.alert;

import static dev.caracal.job.alert.Matches.OF_A_RULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertFunctionTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // what | dedup period | threshold | minutes of matches | records: minute=count
                "one match, one record                   |60|1|0|new@0=1",
                "later matches are one update            |60|1|0 0.1 0.2 0.9|new@0=1 update@1.1=4",
                "an update for each interval, at most    |60|1|0 1 1.5 2 2.5 9|"
                        + "new@0=1 update@2=3 update@3=5 update@10=6",
                "the last one at the period's end        |5|1|0 4.5|new@0=1 update@5=2",
                "an update due at the end comes once     |5|1|0 4|new@0=1 update@5=2",
                "no update without a match               |5|1|0 1 4.5 9|"
                        + "new@0=1 update@2=2 update@5=3 new@9=1",
                "the period is fixed, it does not slide  |5|1|0 4 8|"
                        + "new@0=1 update@5=2 new@8=1",
                "a match at the end begins the next      |5|1|0 5 10|new@0=1 new@5=1 new@10=1",
                "the longest period                      |1440|1|0 1439 1440|"
                        + "new@0=1 update@1440=2 new@1440=1",
                "none below the threshold                |60|3|0 1|",
                "one at the threshold                    |60|3|0 1 4|new@4=3",
                "above it the count goes on              |60|3|0 1 4 4.5 5|new@4=3 update@5.5=5",
                "the threshold counts within a period    |5|3|0 3 5 6|",
                "and from the beginning in the next      |5|3|0 3 5 6 7|new@7=3",
                "several at one time                     |60|2|0 0 0 0|new@0=2 update@1=4",
            })
    void recordsOfAnAlert(
            String what, int periodMinutes, int threshold, String minutes, String records)
            throws Exception {
        Matches matches = OF_A_RULE.withThreshold(periodMinutes, threshold);
        String expected = records == null ? "" : records;

        assertThat(AlertTester.records(AlertClock.PROCESSING_TIME, matches, minutes, 0))
                .isEqualTo(expected);
        for (long seed = 0; seed < 5; seed++) {
            assertThat(AlertTester.records(AlertClock.EVENT_TIME, matches, minutes, seed))
                    .as("in order %s", seed)
                    .isEqualTo(expected);
        }
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
            String values, int threshold, String expected) throws Exception {
        try (AlertTester tester = new AlertTester(AlertClock.PROCESSING_TIME)) {
            int minute = 0;
            for (String value : values.split(" ")) {
                minute++;
                tester.match(
                        String.valueOf(minute),
                        OF_A_RULE.withThreshold(60, threshold).unique(value.replace("-", "")));
            }
            assertThat(tester.alerts().stream().filter(Alert::isNew))
                    .extracting(alert -> alert.creationTimeMillis() / 60_000 + "")
                    .isEqualTo(expected == null ? List.of() : List.of(expected));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRuleErrorIsAnAlertOfItsOwnAndKnowsNoThreshold(AlertClock clock) throws Exception {
        try (AlertTester tester = new AlertTester(clock)) {
            tester.match("0", OF_A_RULE.withThreshold(60, 5).failed());
            tester.match("0", OF_A_RULE);
            tester.match("0", OF_A_RULE.dedup("other"));
            tester.moveTo("1");

            assertThat(tester.alerts())
                    .extracting(Alert::type, Alert::dedup)
                    .containsExactlyInAnyOrder(
                            tuple(Alert.Type.RULE, "dedup"), tuple(Alert.Type.RULE, "other"));
            assertThat(tester.ruleErrors())
                    .extracting(Alert::type, Alert::dedup)
                    .containsExactly(tuple(Alert.Type.RULE_ERROR, "dedup"));
            assertThat(tester.alerts())
                    .extracting(Alert::alertId)
                    .doesNotContain(tester.ruleErrors().get(0).alertId());
        }
    }

    @Test
    void matchesCarryTheAlertThatTheyBelongToEvenBelowTheThreshold() throws Exception {
        try (AlertTester tester = new AlertTester(AlertClock.PROCESSING_TIME)) {
            for (String minute : List.of("0", "1", "2", "6", "7")) {
                tester.match(minute, OF_A_RULE.withThreshold(5, 2));
            }
            List<String> ids = tester.alerts().stream().map(Alert::alertId).distinct().toList();

            assertThat(ids).hasSize(2);
            assertThat(tester.matches())
                    .extracting(Match::alertId)
                    .containsExactly(ids.get(0), ids.get(0), ids.get(0), ids.get(1), ids.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRuleWithoutAlertsHasMatchesAndAlertsOnlyOfItsErrors(AlertClock clock) throws Exception {
        try (AlertTester tester = new AlertTester(clock)) {
            tester.match("0", OF_A_RULE.withoutAlert());
            tester.match("0", OF_A_RULE.withoutAlert().failed());
            tester.moveTo("1");

            assertThat(tester.alerts()).isEmpty();
            assertThat(tester.ruleErrors()).hasSize(1);
            assertThat(tester.matches())
                    .extracting(Match::error, match -> match.alertId().isEmpty())
                    .containsExactlyInAnyOrder(tuple(false, true), tuple(true, false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangedRuleCountsForTheNextPeriodWhichInheritsNothing(AlertClock clock) throws Exception {
        try (AlertTester tester = new AlertTester(clock)) {
            tester.match("0", OF_A_RULE.changedRule("v1", 10, 2));
            tester.match("1", OF_A_RULE.changedRule("v2", 5, 1));
            tester.match("9", OF_A_RULE.changedRule("v2", 5, 1));
            tester.match("10", OF_A_RULE.changedRule("v2", 5, 1));
            tester.moveTo("20");

            assertThat(tester.records()).isEqualTo("new@1=2 update@10=3 new@10=1");
            assertThat(tester.alerts())
                    .extracting(Alert::ruleVersion, Alert::title, alert -> alert.rowIds().size())
                    .containsExactly(
                            tuple("v1", "title of v1", 2),
                            tuple("v1", "title of v1", 3),
                            tuple("v2", "title of v2", 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeriodThatIsOverIsForgotten(AlertClock clock) throws Exception {
        try (AlertTester tester = new AlertTester(clock)) {
            tester.match("0", OF_A_RULE.withThreshold(60, 3).unique("a"));
            tester.match("0.1", OF_A_RULE.withThreshold(60, 3).unique("b"));
            tester.match("0.2", OF_A_RULE.dedup("other"));
            tester.match("0.3", OF_A_RULE.dedup("other"));
            assertThat(tester.stateEntries()).isPositive();

            tester.moveTo("61");

            assertThat(tester.stateEntries()).isZero();
            assertThat(tester.timers()).isZero();
        }
    }

    @Test
    void onEventTimeAMatchWaitsForTheWatermark() throws Exception {
        try (AlertTester tester = new AlertTester(AlertClock.EVENT_TIME)) {
            tester.match("10", OF_A_RULE);
            tester.match("5", OF_A_RULE);
            assertThat(tester.records()).isEmpty();
            assertThat(tester.matches()).isEmpty();

            tester.moveTo("7");
            assertThat(tester.records()).isEqualTo("new@5=1");

            tester.moveTo("12");
            assertThat(tester.records()).isEqualTo("new@5=1 update@11=2");
            assertThat(tester.matches()).hasSize(2);
        }
    }

    @Test
    void aMatchBehindTheWatermarkIsCountedAtOnce() throws Exception {
        try (AlertTester tester = new AlertTester(AlertClock.EVENT_TIME)) {
            tester.match("10", OF_A_RULE);
            tester.moveTo("20");
            tester.match("15", OF_A_RULE);
            tester.match("5", OF_A_RULE);
            tester.match("3", OF_A_RULE.dedup("nothing open"));
            tester.moveTo("100");

            assertThat(tester.records()).isEqualTo("new@10=1 new@3=1 update@16=3");
            assertThat(tester.alerts().get(2).firstMatchTimeMillis())
                    .isEqualTo(Matches.millis("5"));
        }
    }

    @Test
    void rowIdsAreThoseOfTheFirstMatches() throws Exception {
        try (AlertTester tester = new AlertTester(AlertClock.PROCESSING_TIME)) {
            for (int i : IntStream.range(0, 2 * AlertGrouping.MAX_ROW_IDS).toArray()) {
                tester.process(OF_A_RULE.at(i, "row-" + i));
            }
            tester.moveTo("100");

            assertThat(tester.alerts().get(1).eventCount())
                    .isEqualTo(2L * AlertGrouping.MAX_ROW_IDS);
            assertThat(tester.alerts().get(1).rowIds())
                    .hasSize(AlertGrouping.MAX_ROW_IDS)
                    .startsWith("row-0", "row-1");
        }
    }

    @Test
    void updatesAreASecondApartAtLeast() {
        assertThatThrownBy(
                        () ->
                                new AlertFunction(
                                        Alert.Type.RULE,
                                        AlertClock.PROCESSING_TIME,
                                        Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alert.update-interval");
    }
}
