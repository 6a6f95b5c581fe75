package dev.caracal.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentMaximumTest {

    private static final long START = 1_800_000_000_000L;

    private long now = START;
    private final RecentMaximum maximum = new RecentMaximum(() -> Instant.ofEpochMilli(now));

    @Test
    void theLargestValueIsSeenForAMinuteAndForgottenAfterTwo() {
        assertThat(maximum.getValue()).isZero();

        maximum.add(70);
        maximum.add(30);
        assertThat(maximum.getValue()).isEqualTo(70);

        now += RecentMaximum.SPAN_MILLIS;
        maximum.add(20);
        assertThat(maximum.getValue()).isEqualTo(70);

        now += RecentMaximum.SPAN_MILLIS;
        assertThat(maximum.getValue()).isEqualTo(20);

        now += RecentMaximum.SPAN_MILLIS;
        assertThat(maximum.getValue()).isZero();
    }

    @Test
    void theTimeSinceNoMomentIsNoValue() {
        maximum.addSince(0);
        assertThat(maximum.getValue()).isZero();

        maximum.addSince(START - 5);
        assertThat(maximum.getValue()).isEqualTo(5);
    }
}
