package dev.caracal.parsers.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * A count since 1970-01-01T00:00:00Z, as a number or a numeric string. A fraction is kept down to
 * microseconds, which is as much as a double of today's seconds holds.
 *
 * @param decimals 0 for seconds, 3 for milliseconds, 6 for microseconds, 9 for nanoseconds
 */
record UnixFormat(String name, int decimals) implements TimeFormat {

    private static final int MAX_DIGITS = 18;
    private static final int MAX_LENGTH = 40;
    private static final long[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

    @Override
    public boolean parse(byte[] bytes, int offset, int length, Timestamp result) {
        int end = offset + length;
        int start = length > 0 && bytes[offset] == '-' ? offset + 1 : offset;
        int whole = Digits.count(bytes, start, end);
        if (whole == 0 || whole > MAX_DIGITS + 1 || length > MAX_LENGTH) {
            return false;
        }
        int position = start + whole;
        int fraction = 0;
        if (position < end && bytes[position] == '.') {
            fraction = Digits.count(bytes, position + 1, end);
            position += 1 + fraction;
        }
        if (position == end && whole == MAX_DIGITS + 1 && decimals == 9 && start == offset) {
            // Nanoseconds of this century: ten digits of seconds, nine of their fraction.
            return result.set(
                    Digits.read(bytes, start, 1) * 1_000_000_000L
                            + Digits.read(bytes, start + 1, 9),
                    Digits.fraction(bytes, start + 10, 9));
        }
        if (position < end || whole > MAX_DIGITS) {
            return parseDecimal(bytes, offset, length, result);
        }
        long units = 0;
        for (int i = start; i < start + whole; i++) {
            units = units * 10 + (bytes[i] - '0');
        }
        long nanosOfUnit = 0;
        if (fraction > 0) {
            nanosOfUnit = Digits.fraction(bytes, start + whole + 1, fraction) / 1000 * 1000L;
        }
        return set(start > offset, units, nanosOfUnit, result);
    }

    private boolean set(boolean negative, long units, long billionthsOfUnit, Timestamp result) {
        long perSecond = decimals == 9 ? 1_000_000_000L : POWERS[decimals];
        long nanosPerUnit = 1_000_000_000L / perSecond;
        long seconds = units / perSecond;
        long nanos = units % perSecond * nanosPerUnit + billionthsOfUnit / perSecond;
        if (!negative) {
            return result.set(seconds, (int) nanos);
        }
        return nanos == 0
                ? result.set(-seconds, 0)
                : result.set(-seconds - 1, (int) (1_000_000_000L - nanos));
    }

    /** The rare forms: an exponent, or more digits than a long holds. */
    private boolean parseDecimal(byte[] bytes, int offset, int length, Timestamp result) {
        try {
            BigDecimal value =
                    new BigDecimal(new String(bytes, offset, length, StandardCharsets.US_ASCII));
            if (value.precision() - value.scale() > MAX_DIGITS + 2 || value.scale() > 400) {
                return false;
            }
            BigDecimal nanos = value.movePointRight(9 - decimals);
            long seconds = nanos.movePointLeft(9).setScale(0, RoundingMode.FLOOR).longValueExact();
            long rest = nanos.subtract(BigDecimal.valueOf(seconds).movePointRight(9)).longValue();
            return result.set(seconds, (int) (decimals == 9 ? rest : rest / 1000 * 1000));
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }
}
