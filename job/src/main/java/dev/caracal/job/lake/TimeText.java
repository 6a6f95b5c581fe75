package dev.caracal.job.lake;

import java.time.LocalDate;
import org.apache.flink.table.data.TimestampData;
import org.jspecify.annotations.Nullable;

/**
 * Times as they stand in events, {@code 2026-11-24 05:06:07.123456789}, and in alerts, {@code
 * 2026-11-24T05:06:07Z}; always UTC.
 */
final class TimeText {

    private static final int DATE = 10;
    private static final int SECONDS = 19;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final int NANO_DIGITS = 9;

    /** Events of one day follow each other. */
    private int lastDate = -1;

    private long lastEpochDay;

    /** Null if it is no such time. Cut to microseconds, which is what the lake keeps. */
    @Nullable TimestampData read(byte[] bytes, int start, int end) {
        if (end - start < SECONDS || (bytes[start + DATE] != ' ' && bytes[start + DATE] != 'T')) {
            return null;
        }
        int year = number(bytes, start, 4);
        int month = number(bytes, start + 5, 2);
        int day = number(bytes, start + 8, 2);
        int hour = number(bytes, start + 11, 2);
        int minute = number(bytes, start + 14, 2);
        int second = number(bytes, start + 17, 2);
        if ((year | month | day | hour | minute | second) < 0
                || month < 1
                || month > 12
                || day < 1
                || day > 31) {
            return null;
        }
        long epochSecond =
                epochDay(year, month, day) * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second;
        int nanos = nanos(bytes, start + SECONDS, end);
        return nanos < 0
                ? null
                : TimestampData.fromEpochMillis(
                        epochSecond * 1000 + nanos / 1_000_000, nanos % 1_000_000 / 1000 * 1000);
    }

    private long epochDay(int year, int month, int day) {
        int date = (year * 13 + month) * 32 + day;
        if (date != lastDate) {
            lastEpochDay = LocalDate.of(year, month, 1).toEpochDay() + day - 1;
            lastDate = date;
        }
        return lastEpochDay;
    }

    /** The fraction from its dot on, which may be missing, and a Z; -1 if it is something else. */
    private static int nanos(byte[] bytes, int start, int end) {
        int p = start;
        int nanos = 0;
        int digits = 0;
        if (p < end && bytes[p] == '.') {
            for (p++; p < end && digits < NANO_DIGITS && isDigit(bytes[p]); p++, digits++) {
                nanos = nanos * 10 + bytes[p] - '0';
            }
        }
        for (; digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        if (p < end && bytes[p] == 'Z') {
            p++;
        }
        return p == end ? nanos : -1;
    }

    private static int number(byte[] bytes, int start, int length) {
        int value = 0;
        for (int i = start; i < start + length; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
