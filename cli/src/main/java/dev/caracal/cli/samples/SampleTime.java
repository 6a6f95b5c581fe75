package dev.caracal.cli.samples;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The day on which the sample logs play, and how file names write times. */
final class SampleTime {

    static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    static final DateTimeFormatter DAY_FOLDER = format("yyyy/MM/dd");
    static final DateTimeFormatter FILE_MINUTE = format("yyyyMMdd'T'HHmm'Z'");

    private SampleTime() {}

    static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
