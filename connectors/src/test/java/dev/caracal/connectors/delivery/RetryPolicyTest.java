package dev.caracal.connectors.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final RetryPolicy DEFAULT = RetryPolicy.from(new Configuration());

    @ParameterizedTest
    @CsvSource({
        "1,  0,     0,     500,    1000",
        "2,  0,     0,     1000,   2000",
        "5,  0,     0,     8000,   16000",
        "15, 0,     0,     15000,  30000",
        "1,  0,     7,     7000,   7000",
        "1,  0,     90000, 300000, 300000",
    })
    void pausesDoubleAndAreSpreadAndHeedTheDestinationWithinABound(
            int attempts, long elapsed, long asked, long least, long most) {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            assertThat(
                            DEFAULT.pause(
                                            attempts,
                                            Duration.ofSeconds(elapsed),
                                            Duration.ofSeconds(asked),
                                            random)
                                    .orElseThrow()
                                    .toMillis())
                    .isBetween(least, most);
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "1, 1800", "3, 1799"})
    void attemptsAndTimeAreBounded(int attempts, long elapsed) {
        assertThat(
                        DEFAULT.pause(
                                attempts,
                                Duration.ofSeconds(elapsed),
                                Duration.ZERO,
                                new Random(1)))
                .isEmpty();
    }

    @Test
    void anOptionOutOfRangeIsRefused() {
        assertThatThrownBy(
                        () ->
                                RetryPolicy.from(
                                        Configuration.fromMap(
                                                Map.of("delivery.max-attempts", "0"))))
                .hasMessage("delivery.max-attempts is 0, expected at least 1");
    }
}
