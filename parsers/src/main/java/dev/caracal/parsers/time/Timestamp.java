package dev.caracal.parsers.time;

import java.time.LocalDate;

/**
 * A point in time, in seconds and nanoseconds since the epoch, that is filled in place: parsing a
 * record allocates nothing for it.
 */
public final class Timestamp {

    /** 0001-01-01T00:00:00Z, which some vendors write for "no time". */
    public static final long MIN_SECONDS = -62_135_596_800L;

    /** 9999-12-31T23:59:59Z. */
    public static final long MAX_SECONDS = 253_402_300_799L;

    /** Length in bytes of what {@link #write} writes. */
    public static final int LENGTH = 29;

    private static final int[] DAYS_BEFORE_MONTH = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
    };

    private static final int SECONDS_OF_DAY = 86_400;

    private long seconds;
    private int nanos;
    private long now;

    public long seconds() {
        return seconds;
    }

    public int nanos() {
        return nanos;
    }

    public long millis() {
        return seconds * 1000 + nanos / 1_000_000;
    }

    /** True for the year 1, which stands for "no time". */
    public boolean isZero() {
        return seconds == MIN_SECONDS && nanos == 0;
    }

    public void setMillis(long millis) {
        set(Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000);
    }

    /**
     * Takes the time at which a record is parsed, in milliseconds since the epoch: formats without
     * a year read theirs off it.
     */
    public void setNow(long millis) {
        now = Math.floorDiv(millis, 1000L);
    }

    /** Sets the time and says whether its year is between 1 and 9999. */
    public boolean set(long newSeconds, int newNanos) {
        seconds = newSeconds;
        nanos = newNanos;
        return newSeconds >= MIN_SECONDS && newSeconds <= MAX_SECONDS;
    }

    /**
     * Sets the time from calendar fields and says whether they name a time that exists.
     *
     * @param offsetSeconds the local time's offset from UTC, positive to the east
     */
    boolean setCivil(
            int year,
            int month,
            int day,
            int hour,
            int minute,
            int second,
            int nano,
            int offsetSeconds) {
        if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
            return false;
        }
        if (hour > 23 || minute > 59 || second > 59 || day > daysInMonth(year, month)) {
            return false;
        }
        long days = daysFromYear(year) + DAYS_BEFORE_MONTH[month - 1] + day - 1;
        if (month > 2 && isLeap(year)) {
            days++;
        }
        return set(days * 86_400 + hour * 3600L + minute * 60L + second - offsetSeconds, nano);
    }

    /**
     * Sets the time from calendar fields without a year, and says whether they name a time that
     * exists. The year is the last one that puts the time no more than a day after now: a December
     * read in January is last year's, and a clock that is a little ahead does no harm.
     */
    boolean setWithoutYear(
            int month, int day, int hour, int minute, int second, int nano, int offsetSeconds) {
        int thisYear = LocalDate.ofEpochDay(Math.floorDiv(now, SECONDS_OF_DAY)).getYear();
        // A February 29 can be eight years back.
        for (int year = thisYear + 1; year >= thisYear - 8; year--) {
            if (setCivil(year, month, day, hour, minute, second, nano, offsetSeconds)
                    && seconds <= now + SECONDS_OF_DAY) {
                return true;
            }
        }
        return false;
    }

    /** Writes {@code yyyy-MM-dd HH:mm:ss.fffffffff} in UTC, the form that the data lake reads. */
    public void write(byte[] out, int offset) {
        long day = Math.floorDiv(seconds, 86_400L);
        int rest = (int) Math.floorMod(seconds, 86_400L);
        // Days to year, month, day as in H. Hinnant's chrono-compatible date algorithms.
        long z = day + 719_468;
        long era = Math.floorDiv(z, 146_097L);
        int dayOfEra = (int) (z - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        digits(out, offset, 4, year);
        out[offset + 4] = '-';
        digits(out, offset + 5, 2, month);
        out[offset + 7] = '-';
        digits(out, offset + 8, 2, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1);
        out[offset + 10] = ' ';
        digits(out, offset + 11, 2, rest / 3600);
        out[offset + 13] = ':';
        digits(out, offset + 14, 2, rest / 60 % 60);
        out[offset + 16] = ':';
        digits(out, offset + 17, 2, rest % 60);
        out[offset + 19] = '.';
        digits(out, offset + 20, 9, nanos);
    }

    private static void digits(byte[] out, int offset, int count, int value) {
        int rest = value;
        for (int i = offset + count - 1; i >= offset; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static long daysFromYear(int year) {
        int before = year - 1;
        return 365L * before + before / 4 - before / 100 + before / 400 - 719_162;
    }

    private static int daysInMonth(int year, int month) {
        if (month == 2) {
            return isLeap(year) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
