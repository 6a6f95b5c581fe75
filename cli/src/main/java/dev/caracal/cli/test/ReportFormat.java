package dev.caracal.cli.test;

/** How {@code --format} names the forms of a report. */
enum ReportFormat {
    TEXT,
    JSON,
    JUNIT
}
