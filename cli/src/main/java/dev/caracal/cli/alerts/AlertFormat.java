package dev.caracal.cli.alerts;

/** How alerts are printed. */
enum AlertFormat {
    table,
    json
}
