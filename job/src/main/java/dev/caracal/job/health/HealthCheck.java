package dev.caracal.job.health;

import dev.caracal.rules.Severity;

/** What is watched, each with the severity of its alerts and what to do about them. */
enum HealthCheck {
    RULE_ENGINE(
            "Caracal.RuleEngine",
            Severity.HIGH,
            "Look at what the rules have in common: a global that changed, the sandbox, the"
                    + " machine's memory. Single errors are stored under rule-errors/, and events that"
                    + " were not judged as dead letters."),
    RULE(
            "Caracal.Rule",
            Severity.HIGH,
            "Correct the rule: bound what it does for one event, and what it keeps between events."),
    SOURCE_ACCESS(
            "Caracal.SourceAccess",
            Severity.HIGH,
            "Check the log source with caracal source check, and the reason in docs/operations.md."
                    + " Copy what was not read onto itself afterwards."),
    SOURCE_SILENT(
            "Caracal.SourceSilent",
            Severity.HIGH,
            "Look whether the bucket still gets logs, and whether its notifications arrive."),
    CLASSIFICATION_FAILURES(
            "Caracal.ClassificationFailures",
            Severity.MEDIUM,
            "Look at the dead letters of the source; its logTypes or logStream may not fit."),
    CONTROL_FILE(
            "Caracal.ControlFile",
            Severity.MEDIUM,
            "Correct the file. The version before it stays in force."),
    DELIVERY(
            "Caracal.Delivery",
            Severity.HIGH,
            "Look at the destination: its address, its secret, its limits."),
    DEAD_LETTERS(
            "Caracal.DeadLetters",
            Severity.MEDIUM,
            "Look up the reason in docs/operations.md; the dead letters are stored.");

    private final String id;
    private final Severity severity;
    private final String runbook;

    HealthCheck(String id, Severity severity, String runbook) {
        this.id = id;
        this.severity = severity;
        this.runbook = runbook;
    }

    /** In place of a rule's id. */
    String id() {
        return id;
    }

    Severity severity() {
        return severity;
    }

    String runbook() {
        return runbook;
    }
}
