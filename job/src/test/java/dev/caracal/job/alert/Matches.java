package dev.caracal.job.alert;

import dev.caracal.rules.Match;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Matches to be grouped, each made of one that all tests start from. */
record Matches(
        String ruleId,
        String version,
        boolean error,
        String title,
        String dedup,
        int dedupPeriodMinutes,
        int threshold,
        boolean createAlert,
        String unique) {

    static final Matches OF_A_RULE =
            new Matches("R.Id", "v1", false, "title", "dedup", 60, 1, true, "");

    static long millis(String minutes) {
        return Math.round(Double.parseDouble(minutes) * Duration.ofMinutes(1).toMillis());
    }

    Matches ruleId(String newRuleId) {
        return new Matches(
                newRuleId,
                version,
                error,
                title,
                dedup,
                dedupPeriodMinutes,
                threshold,
                createAlert,
                unique);
    }

    Matches changedRule(String newVersion, int newPeriodMinutes, int newThreshold) {
        return new Matches(
                ruleId,
                newVersion,
                error,
                "title of " + newVersion,
                dedup,
                newPeriodMinutes,
                newThreshold,
                createAlert,
                unique);
    }

    Matches withThreshold(int newPeriodMinutes, int newThreshold) {
        return new Matches(
                ruleId,
                version,
                error,
                title,
                dedup,
                newPeriodMinutes,
                newThreshold,
                createAlert,
                unique);
    }

    Matches dedup(String newDedup) {
        return new Matches(
                ruleId,
                version,
                error,
                title,
                newDedup,
                dedupPeriodMinutes,
                threshold,
                createAlert,
                unique);
    }

    Matches unique(String newUnique) {
        return new Matches(
                ruleId,
                version,
                error,
                title,
                dedup,
                dedupPeriodMinutes,
                threshold,
                createAlert,
                newUnique);
    }

    Matches failed() {
        return new Matches(
                ruleId,
                version,
                true,
                title,
                dedup,
                dedupPeriodMinutes,
                threshold,
                createAlert,
                unique);
    }

    Matches withoutAlert() {
        return new Matches(
                ruleId, version, error, title, dedup, dedupPeriodMinutes, threshold, false, unique);
    }

    Match at(long eventTimeMillis, String rowId) {
        return new Match(
                ruleId,
                version,
                error,
                Severity.HIGH,
                title,
                dedup,
                dedupPeriodMinutes,
                threshold,
                createAlert,
                "",
                "",
                "",
                List.of(),
                List.of(),
                null,
                unique,
                "{}",
                "AWS.CloudTrail",
                rowId,
                eventTimeMillis,
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }
}
