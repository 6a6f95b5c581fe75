package dev.caracal.job.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertFunctionTest {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness;
    private int rows;

    @BeforeEach
    void open() throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new AlertFunction()),
                        AlertGrouping::key,
                        Types.STRING);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void matchesWithOneDedupStringMakeOneAlertInAPeriod() throws Exception {
        match(0, "rule", "root", 1);
        match(10, "rule", "root", 1);
        match(20, "rule", "other", 1);

        assertThat(alerts()).containsExactly("rule root", "rule other");
    }

    @Test
    void thereIsNoAlertBelowTheThreshold() throws Exception {
        match(0, "rule", "root", 3);
        match(1, "rule", "root", 3);
        assertThat(alerts()).isEmpty();

        match(2, "rule", "root", 3);
        match(3, "rule", "root", 3);

        assertThat(alerts()).containsExactly("rule root");
        assertThat(harness.extractOutputValues().get(0).eventCount()).isEqualTo(3);
    }

    @Test
    void thePeriodIsFixedAndTheNextOneCountsAnew() throws Exception {
        match(0, "rule", "root", 2);
        match(61, "rule", "root", 2);
        assertThat(alerts()).isEmpty();

        match(62, "rule", "root", 2);
        match(122, "rule", "root", 2);
        match(123, "rule", "root", 2);

        assertThat(alerts()).containsExactly("rule root", "rule root");
        assertThat(harness.extractOutputValues())
                .extracting(Alert::alertId)
                .doesNotHaveDuplicates();
    }

    @Test
    void aPeriodThatIsOverIsForgotten() throws Exception {
        match(0, "rule", "root", 1);
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

        harness.setProcessingTime(60 * MINUTE);

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numProcessingTimeTimers()).isZero();
    }

    @Test
    void aRuleErrorIsAnAlertOfItsOwn() throws Exception {
        process(0, match("rule", "KeyError", 5, true));
        process(0, match("rule", "KeyError", 1, false));

        assertThat(harness.extractOutputValues())
                .extracting(Alert::type)
                .containsExactly(Alert.Type.RULE_ERROR, Alert.Type.RULE);
        assertThat(harness.extractOutputValues())
                .extracting(Alert::alertId)
                .doesNotHaveDuplicates();
    }

    private List<String> alerts() {
        return harness.extractOutputValues().stream()
                .map(alert -> alert.ruleId() + " " + alert.dedup())
                .toList();
    }

    private void match(long minute, String ruleId, String dedup, int threshold) throws Exception {
        process(minute, match(ruleId, dedup, threshold, false));
    }

    private void process(long minute, Match match) throws Exception {
        harness.setProcessingTime(minute * MINUTE);
        harness.processElement(match, 0);
    }

    private Match match(String ruleId, String dedup, int threshold, boolean error) {
        return new Match(
                ruleId,
                "v1",
                error,
                Severity.HIGH,
                "title",
                dedup,
                60,
                threshold,
                true,
                "",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                "",
                "{}",
                "AWS.CloudTrail",
                "row-" + rows++,
                0,
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
