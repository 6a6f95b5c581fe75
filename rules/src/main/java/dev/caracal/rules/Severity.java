package dev.caracal.rules;

/** How bad a match is, in rising order. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
