package dev.caracal.job.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.job.alert.AlertClock;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Match;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleErrorFunctionTest {

    private static final long SECOND = 1000;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new RuleErrorFunction(AlertClock.PROCESSING_TIME)),
                        alert -> "all",
                        Types.STRING);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aFewFailingRulesAreAnAlertEachAfterAMinute() throws Exception {
        fail(0, 9, 0);
        harness.setProcessingTime(59 * SECOND);
        assertThat(harness.extractOutputValues()).isEmpty();

        harness.setProcessingTime(60 * SECOND);

        assertThat(harness.extractOutputValues())
                .extracting(Alert::alertId)
                .containsExactlyElementsOf(ids(0, 9));
        assertThat(findings()).isEmpty();
    }

    @Test
    void manyFailingRulesAreFindingsAboutTheEngineAndNoAlerts() throws Exception {
        fail(0, 10, 0);
        harness.setProcessingTime(60 * SECOND);
        fail(10, 500, 30 * 60 * SECOND);

        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(findings()).hasSize(500);
        assertThat(findings())
                .extracting(Match::ruleId, Match::dedup)
                .containsOnly(tuple("Caracal.RuleEngine", "rule errors"));
        assertThat(findings().get(0).alertContext())
                .startsWith("{\"rules\":[\"R.0\",\"R.1\",")
                .contains("\"rowId\":\"row of R.0\"");
    }

    @Test
    void oneRuleWithManyErrorsIsNoBrokenEngine() throws Exception {
        for (int line = 0; line < 50; line++) {
            harness.processElement(new StreamRecord<>(alert("R.One", "id" + line, 0, 0)));
        }
        harness.setProcessingTime(60 * SECOND);

        assertThat(harness.extractOutputValues()).hasSize(50);
    }

    @Test
    void updatesFollowTheirAlert() throws Exception {
        fail(0, 2, 0);
        update(0, 10 * SECOND);
        harness.setProcessingTime(60 * SECOND);
        update(1, 90 * SECOND);

        assertThat(harness.extractOutputValues())
                .extracting(alert -> alert.alertId() + (alert.isNew() ? "" : " update"))
                .containsExactly("id0", "id1", "id0 update", "id1 update");
    }

    @Test
    void updatesOfWhatMadeNoAlertMakeNone() throws Exception {
        fail(0, 10, 0);
        update(3, 10 * SECOND);
        harness.setProcessingTime(60 * SECOND);
        update(3, 70 * SECOND);

        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(findings()).hasSize(10);
    }

    @Test
    void afterAnHourSingleRulesAreAlertsAgainAndADayLaterNothingIsLeft() throws Exception {
        fail(0, 10, 0);
        harness.setProcessingTime(60 * SECOND);
        fail(20, 21, 2 * HOUR);
        harness.setProcessingTime(3 * HOUR);

        assertThat(harness.extractOutputValues())
                .extracting(Alert::alertId)
                .containsExactly("id20");

        harness.setProcessingTime(26 * HOUR);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numProcessingTimeTimers()).isZero();
    }

    private List<Match> findings() {
        var output = harness.getSideOutput(RuleErrorFunction.FINDINGS);
        return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
    }

    private static List<String> ids(int first, int end) {
        return IntStream.range(first, end).mapToObj(i -> "id" + i).toList();
    }

    private void fail(int first, int end, long time) throws Exception {
        harness.setProcessingTime(time);
        for (int rule = first; rule < end; rule++) {
            harness.processElement(new StreamRecord<>(alert("R." + rule, "id" + rule, time, time)));
        }
    }

    private void update(int rule, long time) throws Exception {
        harness.setProcessingTime(time);
        harness.processElement(new StreamRecord<>(alert("R." + rule, "id" + rule, 0, time)));
    }

    private static Alert alert(String ruleId, String alertId, long creation, long update) {
        return new Alert(
                alertId,
                ruleId,
                "v1",
                Alert.Type.RULE_ERROR,
                Severity.HIGH,
                "KeyError('a')",
                "KeyError at rule.py:2 in rule",
                "rule.py:2 in rule",
                "",
                "",
                List.of(),
                List.of(),
                null,
                List.of("AWS.CloudTrail"),
                1,
                creation,
                update,
                creation,
                update,
                "{}",
                List.of("row of " + ruleId),
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
