package dev.caracal.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.Match;
import dev.caracal.rules.Report;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchLinesTest {

    private static Match match(boolean error) {
        return new Match(
                "R.Id",
                "v1",
                error,
                Severity.HIGH,
                "title",
                "dedup",
                60,
                1,
                true,
                "",
                "",
                "",
                List.of("tag"),
                List.of(new Report("CIS", List.of("1.1"))),
                null,
                "",
                "{\"k\":1}",
                "AWS.CloudTrail",
                "row-1",
                0,
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Match match) {
        return new String(new MatchLines().line(match), StandardCharsets.UTF_8);
    }

    @Test
    void aMatchIsItsEventWithTheRuleAndTheAlertInFront() {
        assertThat(line(match(false).withAlertId("a1")))
                .isEqualTo(
                        "{\"p_rule_id\":\"R.Id\",\"p_rule_version\":\"v1\","
                                + "\"p_rule_severity\":\"HIGH\",\"p_rule_tags\":[\"tag\"],"
                                + "\"p_rule_reports\":{\"CIS\":[\"1.1\"]},"
                                + "\"p_alert_title\":\"title\",\"p_alert_id\":\"a1\","
                                + "\"p_alert_dedup\":\"dedup\",\"p_alert_context\":{\"k\":1},"
                                + "\"a\":1}");
    }

    @Test
    void aRuleErrorLiesApart() {
        assertThat(new MatchLines().partition(match(true)))
                .isEqualTo("rule-errors/aws_cloudtrail/year=1970/month=01/day=01/hour=00");
        assertThat(line(match(true))).contains("\"p_rule_error\":\"title\"");
    }

    @Test
    void aMatchWithoutAnAlertNamesNone() {
        assertThat(line(match(false))).doesNotContain("p_alert_id");
    }
}
