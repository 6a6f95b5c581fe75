package dev.caracal.cli.drill;

/**
 * What went in and what came out.
 *
 * @param records put into the bucket
 * @param events distinct ones that came out as JSON lines in S3
 * @param doubled events, and dead letters of poison, that came out again
 * @param rows distinct ones of the events that are in the lake
 * @param rowsDoubled events that are in the lake more than once
 * @param deadLetters records that ended as dead letters
 * @param alertsExpected one for each marker that came out
 * @param alertsStored distinct alerts in S3
 * @param alertsDoubled alerts that are in S3 more than once
 * @param alertsPublished distinct alerts that came by SNS
 */
record Count(
        long records,
        long events,
        long doubled,
        long rows,
        long rowsDoubled,
        long deadLetters,
        long alertsExpected,
        long alertsStored,
        long alertsDoubled,
        long alertsPublished) {

    static final Count NOTHING = new Count(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    long lost() {
        return records - events - deadLetters;
    }

    long missingInLake() {
        return records - rows - deadLetters;
    }

    /** All of it came, and nothing came twice; SNS may repeat itself. */
    boolean isExact() {
        return lost() == 0
                && doubled == 0
                && missingInLake() == 0
                && rowsDoubled == 0
                && alertsStored == alertsExpected
                && alertsDoubled == 0
                && alertsPublished == alertsExpected;
    }

    Count plus(Count other) {
        return new Count(
                records + other.records,
                events + other.events,
                doubled + other.doubled,
                rows + other.rows,
                rowsDoubled + other.rowsDoubled,
                deadLetters + other.deadLetters,
                alertsExpected + other.alertsExpected,
                alertsStored + other.alertsStored,
                alertsDoubled + other.alertsDoubled,
                alertsPublished + other.alertsPublished);
    }
}
