package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules get of {@code strptime} and {@code strftime("%s")}: what CPython gives. */
@ExtendWith(SharedEngine.class)
class TimesInPythonTest {

    private final RuleEngine engine;

    TimesInPythonTest(RuleEngine engine) {
        this.engine = engine;
    }

    @AfterEach
    void remove() {
        engine.remove("Times");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-02 03:04:05 | %Y-%m-%d %H:%M:%S | 2026-01-02T03:04:05",
                "2026-01-02  03:04:05 | %Y-%m-%d %H:%M:%S | 2026-01-02T03:04:05",
                "2026-1-2 3:4:5.6 | %Y-%m-%d %H:%M:%S.%f | 2026-01-02T03:04:05.600000",
                "2026-01-02T03:04:05Z | %Y-%m-%dT%H:%M:%SZ | 2026-01-02T03:04:05",
                "2026-01-02t03:04:05z | %Y-%m-%dT%H:%M:%SZ | 2026-01-02T03:04:05",
                "2026-01-02T03:04:05+01:00 | %Y-%m-%dT%H:%M:%S%z | 2026-01-02T03:04:05+01:00",
                "02/Jan/2026:03:04:05 +0100 | %d/%b/%Y:%H:%M:%S %z | 2026-01-02T03:04:05+01:00",
                "Jan 2, 2026 3:04:05 PM | %b %d, %Y %I:%M:%S %p | 2026-01-02T15:04:05",
                "2026-01-02T03:04:05.6 | %Y-%m-%dT%H:%M:%S | error",
                "2026-13-02 03:04:05 | %Y-%m-%d %H:%M:%S | error",
                "2026-02-30 03:04:05 | %Y-%m-%d %H:%M:%S | error",
                "Jan 2 | %Y | error",
            })
    void strptime(String text, String format, String expected) throws RuleException {
        engine.put(
                rule(
                        "Times",
                        """
                        from datetime import datetime

                        def parsed(event):
                            try:
                                return datetime.strptime(event["text"], event["format"]).isoformat()
                            except ValueError:
                                return "error"

                        def rule(event):
                            return parsed(event) == event["expected"]

                        def title(event):
                            return parsed(event)
                        """));
        String json =
                "{\"text\":\"%s\",\"format\":\"%s\",\"expected\":\"%s\"}"
                        .formatted(text, format, expected);
        assertThat(engine.evaluate(event(json))).extracting(Match::title).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 1970-01-01T00:00:00+00:00", "1767323045, 2026-01-02T03:04:05+00:00"})
    void strftimeGivesTheEpochSecond(String seconds, String time) throws RuleException {
        engine.put(
                rule(
                        "Times",
                        """
                        from datetime import datetime

                        def rule(event):
                            return True

                        def title(event):
                            return datetime.fromisoformat(event["time"]).strftime("%s")
                        """));
        assertThat(engine.evaluate(event("{\"time\":\"" + time + "\"}")))
                .extracting(Match::title)
                .containsExactly(seconds);
    }
}
