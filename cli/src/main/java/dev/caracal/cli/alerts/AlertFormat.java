package dev.caracal.cli.alerts;

/** How alerts are printed. */
public enum AlertFormat {
    table,
    json
}
