package dev.caracal.rules;

import java.util.List;

/**
 * What a rule's YAML says, in Panther's format.
 *
 * @param type {@link AnalysisType#RULE} or {@link AnalysisType#SCHEDULED_RULE}; a scheduled rule
 *     judges rows of queries, so that it never runs on events
 * @param version content hash of the rule's YAML and Python, 16 hexadecimal digits
 * @param path of the YAML file
 * @param pythonPath of the Python file, which lies next to the YAML file; empty for a rule that is
 *     YAML alone
 * @param displayName the rule's id where the YAML has none
 * @param enabled whether the rule runs; default true
 * @param logTypes at least one, except of a scheduled rule
 * @param scheduledQueries of a scheduled rule, at least one
 * @param reports what the rule covers of compliance frameworks
 * @param dedupPeriodMinutes how long an alert collects matches; 5 to 1440, default 60
 * @param threshold matches within the period before there is an alert; at least 1, default 1
 * @param createAlert whether matches become alerts; default true
 * @param outputIds the destinations of the rule's alerts, empty for the default ones
 */
public record RuleMetadata(
        AnalysisType type,
        String ruleId,
        String version,
        String path,
        String pythonPath,
        String displayName,
        boolean enabled,
        List<String> logTypes,
        List<String> scheduledQueries,
        Severity severity,
        String description,
        String reference,
        String runbook,
        List<String> tags,
        List<Report> reports,
        int dedupPeriodMinutes,
        int threshold,
        List<String> summaryAttributes,
        String status,
        boolean createAlert,
        List<String> outputIds,
        List<RuleTest> tests) {

    public RuleMetadata {
        logTypes = List.copyOf(logTypes);
        scheduledQueries = List.copyOf(scheduledQueries);
        tags = List.copyOf(tags);
        reports = List.copyOf(reports);
        summaryAttributes = List.copyOf(summaryAttributes);
        outputIds = List.copyOf(outputIds);
        tests = List.copyOf(tests);
    }
}
