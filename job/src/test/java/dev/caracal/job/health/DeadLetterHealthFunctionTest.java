package dev.caracal.job.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.job.alert.AlertSchema;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterHealthFunctionTest {

    private static Match match(String stage, String reason, String sourceId, String object)
            throws Exception {
        try (var harness =
                new OneInputStreamOperatorTestHarness<>(
                        new StreamMap<>(new DeadLetterHealthFunction(100)))) {
            harness.open();
            harness.processElement(
                    new DeadLetter(stage, reason, "why", sourceId, object, 3, "text", 1000), 0);
            return harness.extractOutputValues().get(0);
        }
    }

    @Test
    void theirRateIsWhereManagedFlinkTakesMetricsFrom() {
        MetricListener metrics = new MetricListener();

        Meter rate = DeadLetterHealthFunction.rate(metrics.getMetricGroup());
        rate.markEvent();

        assertThat(metrics.getMeter("kinesisanalytics", "deadLettersPerSecond"))
                .hasValueSatisfying(meter -> assertThat(meter.getCount()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // stage | reason | source | object | check | dedup string | threshold
                "parse|classification-failure|acme|s3://b/k|Caracal.DeadLetters|parse/classification-failure|100",
                "notification|not-json|''|queue|Caracal.DeadLetters|notification/not-json|100",
                "read|truncated|acme|s3://b/k|Caracal.DeadLetters|read/truncated|100",
                "read|access-denied|acme|s3://b/k|Caracal.SourceAccess|acme|1",
                "read|role-not-assumable|acme|s3://b/other|Caracal.SourceAccess|acme|1",
                "control|rule-refused|''|rules/a.yml|Caracal.ControlFile|rules/a.yml|1",
                "control|schema-refused|''|schemas/a.yml|Caracal.ControlFile|schemas/a.yml|1",
                "detect|lookup-table-failed|''|lookup_tables/a.yml|Caracal.ControlFile|lookup_tables/a.yml|1",
                "deliver|refused|''|soc-slack|Caracal.Delivery|soc-slack refused|1",
                "detect|engine-failed|''|''|Caracal.RuleEngine|engine-failed|1",
                "control|engine-failed|''|''|Caracal.RuleEngine|engine-failed|1",
                "detect|rule-rests|''|rules/a.yml|Caracal.Rule|rules/a.yml rule-rests|1",
                "detect|rule-holds-memory|''|rules/a.yml|Caracal.Rule|rules/a.yml rule-holds-memory|1",
            })
    void deadLettersAreFindings(
            String stage,
            String reason,
            String sourceId,
            String object,
            String check,
            String dedup,
            int threshold)
            throws Exception {
        Match match = match(stage, reason, sourceId, object);

        assertThat(match.ruleId()).isEqualTo(check);
        assertThat(match.dedup()).isEqualTo(dedup);
        assertThat(match.threshold()).isEqualTo(threshold);
        assertThat(AlertSchema.problems(AlertGrouping.open(Alert.Type.SYSTEM_HEALTH, match, 0)))
                .isEmpty();
    }

    @Test
    void theFirstDeadLetterIsTheAlertsContext() throws Exception {
        assertThat(match("read", "access-denied", "acme", "s3://b/k").alertContext())
                .isEqualTo(
                        "{\"stage\":\"read\",\"reason\":\"access-denied\",\"detail\":\"why\","
                                + "\"sourceId\":\"acme\",\"object\":\"s3://b/k\","
                                + "\"recordIndex\":3}");
    }

    @Test
    void theThresholdIsAtLeast1() {
        assertThatThrownBy(() -> new DeadLetterHealthFunction(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("health.dead-letters is 0, expected at least 1");
    }
}
