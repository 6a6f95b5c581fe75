package dev.caracal.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.RuleSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectMetricsTest {

    private static final RuleSource ONE = new RuleSource("rules/one.yml", "RuleID: One", "");
    private static final RuleSource TWO = new RuleSource("rules/two.yml", "RuleID: Two", "");
    private static final RuleSource OTHER_TWO =
            new RuleSource("rules/two.yml", "RuleID: Three", "");

    @Test
    void theVersionIsThatOfTheFilesAndNotOfTheirOrder() {
        long version = DetectMetrics.version(List.of(ONE, TWO));

        assertThat(DetectMetrics.version(List.of(TWO, ONE))).isEqualTo(version);
        assertThat(DetectMetrics.version(List.of(ONE, OTHER_TWO))).isNotEqualTo(version);
        assertThat(DetectMetrics.version(List.of(ONE))).isNotEqualTo(version);
    }
}
