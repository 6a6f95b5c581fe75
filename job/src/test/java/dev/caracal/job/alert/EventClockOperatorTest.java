package dev.caracal.job.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.Event;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventClockOperatorTest {

    private static final long NOW = Matches.millis("1000");

    private OneInputStreamOperatorTestHarness<Event, Event> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new EventClockOperator(Duration.ofMinutes(10), Duration.ofMinutes(5)));
        harness.setProcessingTime(NOW);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void theWatermarkFollowsTheLatestEventAtADistance() throws Exception {
        event("100");
        event("90");
        event("101");
        event("101.01");

        assertThat(watermarks()).containsExactly("90", "91");
    }

    @Test
    void anEventFromTheFutureDoesNotMakeAllOthersLate() throws Exception {
        event("5000000");

        assertThat(watermarks()).containsExactly("990");
    }

    @Test
    void withoutEventsItFollowsTheTimeOfDay() throws Exception {
        event("100");
        harness.setProcessingTime(NOW + Matches.millis("4"));
        event("100");
        harness.setProcessingTime(NOW + Matches.millis("8"));
        assertThat(watermarks()).containsExactly("90");

        harness.setProcessingTime(NOW + Matches.millis("9"));
        harness.setProcessingTime(NOW + Matches.millis("14"));

        assertThat(watermarks()).containsExactly("90", "1009", "1014");
    }

    @Test
    void theEndOfTheInputEndsAllPeriods() throws Exception {
        harness.processWatermark(new Watermark(Matches.millis("500")));
        harness.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(harness.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
    }

    @Test
    void aStreamWithoutTimesHoldsNothingUp() throws Exception {
        try (var timeless =
                new OneInputStreamOperatorTestHarness<>(new TimelessOperator<Event>())) {
            timeless.open();
            timeless.setProcessingTime(1);

            assertThat(timeless.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
        }
    }

    private void event(String minute) throws Exception {
        long time = Matches.millis(minute);
        harness.processElement(new Event("Test.Log", "row", time, 0, "", new byte[0]), time);
    }

    private List<String> watermarks() {
        return harness.getOutput().stream()
                .filter(Watermark.class::isInstance)
                .map(mark -> String.valueOf(((Watermark) mark).getTimestamp() / 60_000))
                .toList();
    }
}
