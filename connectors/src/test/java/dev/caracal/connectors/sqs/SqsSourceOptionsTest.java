package dev.caracal.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsSourceOptionsTest {

    private static final String URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/logs";

    @Test
    void defaultsNeedNothingButTheQueue() {
        assertThat(settings(Map.of()))
                .isEqualTo(
                        new SqsSourceSettings(
                                URL,
                                8,
                                Duration.ofMinutes(3),
                                Duration.ofSeconds(20),
                                10_000,
                                0,
                                0));
    }

    @Test
    void everyOptionIsMapped() {
        Map<String, String> options =
                Map.of(
                        "sqs.receive.parallelism", "3",
                        "sqs.visibility-timeout", "90 s",
                        "sqs.wait-time", "5 s",
                        "sqs.max-in-flight", "500",
                        "sqs.bounded.empty-polls", "7",
                        "sqs.bounded.max-messages", "99");

        assertThat(settings(options))
                .isEqualTo(
                        new SqsSourceSettings(
                                URL, 3, Duration.ofSeconds(90), Duration.ofSeconds(5), 500, 7, 99));
        assertThat(SqsSourceOptions.all().stream().map(ConfigOption::key))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(options.keySet().stream(), Stream.of("sqs.queue-url"))
                                .toList());
    }

    @ParameterizedTest
    @CsvSource({"5 s, 30", "20 s, 60", "60 s, 180", "10 min, 1800"})
    void messagesStayHiddenForThreeCheckpointIntervalsAndThirtySecondsByDefault(
            String interval, long seconds) {
        assertThat(settings(Map.of("execution.checkpointing.interval", interval)))
                .extracting(SqsSourceSettings::visibilityTimeout)
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqs.queue-url||sqs.queue-url is empty",
                "sqs.receive.parallelism|0|is 0, expected at least 1",
                "sqs.visibility-timeout|13 h|expected 1 second to 12 hours",
                "sqs.visibility-timeout|29 s|expected at least 3 checkpoint intervals of PT10S",
                "sqs.wait-time|21 s|is PT21S, expected 0 to 20 seconds",
                "sqs.max-in-flight|79|is 79, expected at least 10 for each of 8 polls",
                "sqs.bounded.empty-polls|-1|is -1, expected 0 or more",
                "sqs.bounded.max-messages|-1|is -1, expected 0 or more",
            })
    void valuesOutOfRangeAreRefused(String key, String value, String message) {
        Map<String, String> options =
                Map.of("execution.checkpointing.interval", "10 s", key, value == null ? "" : value);

        assertThatThrownBy(() -> settings(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(message);
    }

    @Test
    void theSourceIsSerialisableAndBoundedOnlyWhenAskedTo() throws Exception {
        SqsSource source = SqsSource.builder().queueUrl(URL).build();

        assertThat(InstantiationUtil.clone(source).getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(SqsSource.builder().queueUrl(URL).untilEmptyPolls(3).build().getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
    }

    private static SqsSourceSettings settings(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("sqs.queue-url", URL));
        all.putAll(options);
        return SqsSourceSettings.from(Configuration.fromMap(all));
    }
}
