package dev.caracal.parsers.time;

/** One try to read a text by a strftime pattern: the position in it and the fields so far. */
final class StrftimeMatch {

    private static final String[] MONTHS = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"
    };
    private static final String[] WEEKDAYS = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    };

    private final byte[] bytes;
    private final int end;
    private int position;

    private int year = 1970;
    private boolean hasYear;
    private int month = 1;
    private int day = 1;
    private boolean hasDate;
    private int hour;
    private int minute;
    private int second;
    private int nanos;
    private int offsetSeconds;
    private int halfDay = -1;
    private int dayOfYear = -1;
    private long unixSeconds = Long.MIN_VALUE;

    StrftimeMatch(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        this.position = offset;
        this.end = end;
    }

    boolean literal(byte expected) {
        return position < end && bytes[position++] == expected;
    }

    boolean directive(byte directive) {
        return switch (directive) {
            case 'Y' -> year();
            case 'y' -> shortYear();
            case 'm' -> (month = number(1, 2)) >= 0;
            case 'd' -> day();
            case 'e' -> padding() && day();
            case 'j' -> (dayOfYear = number(1, 3)) > 0 && dayOfYear <= 366;
            case 'b', 'B', 'h' -> (month = name(MONTHS) + 1) > 0;
            case 'a', 'A' -> name(WEEKDAYS) >= 0;
            case 'H' -> (hour = number(1, 2)) >= 0;
            case 'k' -> padding() && (hour = number(1, 2)) >= 0;
            case 'I' -> halfDayHour();
            case 'l' -> padding() && halfDayHour();
            case 'p' -> halfDay();
            case 'M' -> (minute = number(1, 2)) >= 0;
            case 'S' -> (second = number(1, 2)) >= 0;
            case 'f', 'L', 'N' -> fraction();
            case '.' -> optionalFraction();
            case 's' -> unixSeconds();
            case 'z', 'Z' -> zone();
            default -> literal(directive);
        };
    }

    boolean finish(Timestamp result) {
        if (position != end) {
            return false;
        }
        if (unixSeconds != Long.MIN_VALUE) {
            return result.set(unixSeconds, nanos);
        }
        if (halfDay >= 0) {
            hour = hour % 12 + halfDay;
        }
        if (dayOfYear > 0) {
            return result.setCivil(year, 1, 1, hour, minute, second, nanos, offsetSeconds)
                    && result.set(result.seconds() + (dayOfYear - 1) * 86_400L, nanos);
        }
        if (hasDate && !hasYear) {
            return result.setWithoutYear(month, day, hour, minute, second, nanos, offsetSeconds);
        }
        return result.setCivil(year, month, day, hour, minute, second, nanos, offsetSeconds);
    }

    private int number(int minDigits, int maxDigits) {
        int count = Math.min(maxDigits, Digits.count(bytes, position, end));
        if (count < minDigits) {
            return -1;
        }
        int value = Digits.read(bytes, position, count);
        position += count;
        return value;
    }

    private boolean year() {
        year = number(4, 4);
        hasYear = true;
        return year >= 0;
    }

    private boolean shortYear() {
        int value = number(2, 2);
        hasYear = true;
        // POSIX: 69 to 99 are 1969 to 1999.
        year = value < 69 ? 2000 + value : 1900 + value;
        return value >= 0;
    }

    private boolean padding() {
        if (position < end && bytes[position] == ' ') {
            position++;
        }
        return true;
    }

    private boolean day() {
        day = number(1, 2);
        hasDate = true;
        return day >= 0;
    }

    private boolean halfDayHour() {
        hour = number(1, 2);
        return hour >= 1 && hour <= 12;
    }

    private boolean halfDay() {
        if (end - position < 2 || (bytes[position + 1] | 0x20) != 'm') {
            return false;
        }
        int letter = bytes[position] | 0x20;
        halfDay = letter == 'p' ? 12 : 0;
        position += 2;
        return letter == 'a' || letter == 'p';
    }

    private boolean fraction() {
        int count = Digits.count(bytes, position, end);
        nanos = Digits.fraction(bytes, position, count);
        position += count;
        return count >= 1 && count <= 9;
    }

    private boolean optionalFraction() {
        if (position == end || (bytes[position] != '.' && bytes[position] != ',')) {
            return true;
        }
        position++;
        return fraction();
    }

    private boolean unixSeconds() {
        int count = Digits.count(bytes, position, end);
        if (count < 1 || count > 12) {
            return false;
        }
        unixSeconds = 0;
        for (int i = 0; i < count; i++) {
            unixSeconds = unixSeconds * 10 + (bytes[position++] - '0');
        }
        return true;
    }

    private boolean zone() {
        if (position == end) {
            return false;
        }
        return Character.isLetter(bytes[position]) ? zoneName() : offset();
    }

    /** {@code +02}, {@code +0200} or {@code +02:00}. */
    private boolean offset() {
        byte sign = bytes[position++];
        int hours = number(2, 2);
        boolean colon = position < end && bytes[position] == ':';
        if (colon) {
            position++;
        }
        boolean minutes = colon || Digits.count(bytes, position, end) > 0;
        offsetSeconds = Digits.offset(sign, hours, minutes ? number(2, 2) : 0);
        return offsetSeconds != Digits.NONE;
    }

    /** Only names of UTC: other abbreviations are ambiguous. */
    private boolean zoneName() {
        int start = position;
        while (position < end && Character.isLetter(bytes[position])) {
            position++;
        }
        return matches(start, position - start, "utc")
                || matches(start, position - start, "gmt")
                || matches(start, position - start, "z");
    }

    /** The index of the full or three-letter name that comes next, or -1. */
    private int name(String[] names) {
        int start = position;
        while (position < end && Character.isLetter(bytes[position])) {
            position++;
        }
        int length = position - start;
        for (int i = 0; i < names.length; i++) {
            boolean complete = length == 3 || length == names[i].length();
            if (complete && begins(start, length, names[i])) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(int start, int length, String lowerCase) {
        return length == lowerCase.length() && begins(start, length, lowerCase);
    }

    private boolean begins(int start, int length, String lowerCase) {
        for (int i = 0; i < length; i++) {
            if ((bytes[start + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
