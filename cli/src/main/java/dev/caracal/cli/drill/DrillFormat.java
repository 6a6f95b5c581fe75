package dev.caracal.cli.drill;

/** How the result is printed. */
enum DrillFormat {
    TABLE,
    JSON
}
