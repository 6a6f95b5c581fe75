package dev.caracal.job.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.caracal.connectors.files.S3FileSink;
import dev.caracal.rules.Match;
import dev.caracal.rules.Report;
import java.util.Arrays;

/**
 * Matches under {@code matches/aws_cloudtrail/year=2026/month=11/day=24/hour=05}, rule errors under
 * {@code rule-errors/…}: the event with the {@code p_rule_} fields in front.
 */
public final class MatchLines implements S3FileSink.Encoder<Match> {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String partition(Match match) {
        return (match.error() ? "rule-errors/" : "matches/")
                + EventLines.table(match.logType())
                + '/'
                + DatePartition.hour(match.eventTimeMillis());
    }

    @Override
    public byte[] line(Match match) {
        ObjectNode rule = JSON.createObjectNode();
        rule.put("p_rule_id", match.ruleId());
        rule.put("p_rule_version", match.ruleVersion());
        rule.put("p_rule_severity", match.severity().name());
        match.tags().forEach(rule.putArray("p_rule_tags")::add);
        ObjectNode reports = rule.putObject("p_rule_reports");
        for (Report report : match.reports()) {
            report.sections().forEach(reports.putArray(report.framework())::add);
        }
        if (match.error()) {
            rule.put("p_rule_error", match.title());
        } else {
            rule.put("p_alert_title", match.title());
        }
        if (!match.alertId().isEmpty()) {
            rule.put("p_alert_id", match.alertId());
        }
        rule.put("p_alert_dedup", match.dedup());
        rule.putRawValue("p_alert_context", new RawValue(match.alertContext()));
        return join(write(rule), match.event());
    }

    private static byte[] write(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The fields of a match cannot be written", e);
        }
    }

    /** One object with the members of both; neither is empty. */
    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length - 1);
        joined[first.length - 1] = ',';
        System.arraycopy(second, 1, joined, first.length, second.length - 1);
        return joined;
    }
}
