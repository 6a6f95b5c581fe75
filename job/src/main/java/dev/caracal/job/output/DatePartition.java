package dev.caracal.job.output;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Folders of a point in time, in UTC and in the form that query engines take as partitions. */
final class DatePartition {

    private static final DateTimeFormatter DAY = format("'year='yyyy'/month='MM'/day='dd");
    private static final DateTimeFormatter HOUR =
            format("'year='yyyy'/month='MM'/day='dd'/hour='HH");

    private DatePartition() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Such as {@code year=2026/month=11/day=24}. */
    static String day(long timeMillis) {
        return DAY.format(Instant.ofEpochMilli(timeMillis));
    }

    /** Such as {@code year=2026/month=11/day=24/hour=05}. */
    static String hour(long timeMillis) {
        return HOUR.format(Instant.ofEpochMilli(timeMillis));
    }
}
