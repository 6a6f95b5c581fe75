package dev.caracal.rules;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule that matched one event, or failed on it, with all that an alert needs.
 *
 * @param error true for a rule error: the rule raised or ran too long; {@code title} is then the
 *     exception in a line
 * @param ruleVersion content hash of the rule that judged
 * @param dedup the dedup string; matches of a rule with the same one make one alert. Of a rule
 *     error its signature, see {@link RuleFailure#signature}
 * @param dedupPeriodMinutes how long an alert collects matches, from its first
 * @param threshold matches within the period before there is an alert, at least 1
 * @param createAlert false if the rule's matches make no alerts
 * @param reports what the rule covers of compliance frameworks
 * @param destinations names or ids of where the alert goes: what the rule's {@code destinations}
 *     function gave, else its {@code OutputIds}; null for the usual ones, empty for none
 * @param unique what the rule's {@code unique} function gave: the threshold is then one of distinct
 *     values; empty without that function, and then each match counts
 * @param alertContext a JSON object
 * @param eventTimeMillis of the event, in milliseconds since the epoch
 * @param event the event's JSON, in UTF-8
 * @param alertId the alert that the match belongs to, made or still below its threshold; empty
 *     before the match is grouped, and where it makes no alert
 */
public record Match(
        String ruleId,
        String ruleVersion,
        boolean error,
        Severity severity,
        String title,
        String dedup,
        int dedupPeriodMinutes,
        int threshold,
        boolean createAlert,
        String description,
        String runbook,
        String reference,
        List<String> tags,
        List<Report> reports,
        @Nullable List<String> destinations,
        String unique,
        String alertContext,
        String logType,
        String rowId,
        long eventTimeMillis,
        byte[] event,
        String alertId) {

    public Match {
        Objects.requireNonNull(ruleId, "ruleId is null");
        Objects.requireNonNull(severity, "severity is null");
        Objects.requireNonNull(dedup, "dedup is null");
        Objects.requireNonNull(unique, "unique is null");
        Objects.requireNonNull(event, "event is null");
        Objects.requireNonNull(alertId, "alertId is null");
        if (threshold < 1) {
            throw new IllegalArgumentException(
                    "threshold of " + ruleId + " is below 1: " + threshold);
        }
        // No List.copyOf: Flink's deserialised lists arrive here on the hot path.
    }

    /** Not grouped yet. */
    public Match(
            String ruleId,
            String ruleVersion,
            boolean error,
            Severity severity,
            String title,
            String dedup,
            int dedupPeriodMinutes,
            int threshold,
            boolean createAlert,
            String description,
            String runbook,
            String reference,
            List<String> tags,
            List<Report> reports,
            @Nullable List<String> destinations,
            String unique,
            String alertContext,
            String logType,
            String rowId,
            long eventTimeMillis,
            byte[] event) {
        this(
                ruleId,
                ruleVersion,
                error,
                severity,
                title,
                dedup,
                dedupPeriodMinutes,
                threshold,
                createAlert,
                description,
                runbook,
                reference,
                tags,
                reports,
                destinations,
                unique,
                alertContext,
                logType,
                rowId,
                eventTimeMillis,
                event,
                "");
    }

    public Match withAlertId(String newAlertId) {
        return new Match(
                ruleId,
                ruleVersion,
                error,
                severity,
                title,
                dedup,
                dedupPeriodMinutes,
                threshold,
                createAlert,
                description,
                runbook,
                reference,
                tags,
                reports,
                destinations,
                unique,
                alertContext,
                logType,
                rowId,
                eventTimeMillis,
                event,
                newAlertId);
    }
}
