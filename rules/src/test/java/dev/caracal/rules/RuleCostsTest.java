package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RuleCostsTest {

    private final RuleCosts costs = new RuleCosts();

    @Test
    void allTimeIsCounted() {
        costs.add(List.of("slow"), 300);
        costs.add(List.of("slow", "quick"), 400);

        assertThat(costs.events()).isEqualTo(2);
        assertThat(costs.total().evaluations()).isEqualTo(3);
        assertThat(costs.total().nanos()).isEqualTo(700);
        assertThat(costs.of("slow").evaluations()).isEqualTo(2);
        assertThat(costs.of("never").evaluations()).isZero();
    }

    @Test
    void rulesAskedInOtherCompanyAreToldApart() {
        for (int i = 0; i < 10_000; i++) {
            costs.add(List.of("slow", "quick"), 110_000);

            costs.add(List.of("quick", "other"), 20_000);
            costs.add(List.of("other", "slow"), 110_000);
        }

        assertThat(costs.costliest(1)).containsExactly("slow");
        assertThat(costs.of("slow").nanos())
                .isCloseTo(20_000L * 100_000, Percentage.withPercentage(5));
        assertThat(costs.of("quick").nanos())
                .isCloseTo(20_000L * 10_000, Percentage.withPercentage(10));
    }
}
