package dev.caracal.cli.drill;

/** Lays the rows out as lines that stand below each other. */
final class DrillTable {

    private static final String LAYOUT = "%-17s %8s %8s %8s %8s %8s %6s %6s %8s  %s";

    private DrillTable() {}

    static String head() {
        return LAYOUT.formatted(
                "FAULT",
                "IN",
                "EVENTS",
                "IN LAKE",
                "DEAD",
                "ALERTS",
                "IN S3",
                "ON SNS",
                "RECOVERY",
                "RESULT");
    }

    static String line(DrillRow row) {
        Count count = row.count();
        return LAYOUT.formatted(
                row.fault(),
                count.records(),
                count.events(),
                count.rows(),
                count.deadLetters(),
                count.alertsExpected(),
                count.alertsStored(),
                count.alertsPublished(),
                "%.1f s".formatted(row.recovery().toMillis() / 1000.0),
                row.result());
    }
}
