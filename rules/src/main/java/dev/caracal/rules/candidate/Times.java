package dev.caracal.rules.candidate;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Python's {@code datetime}, as far as it is reproduced: moments without a zone, and spans. */
final class Times {

    private static final long MICROS = 1_000_000;

    /** As long as all the years that a moment can have. */
    private static final long MAX_SPAN = 10_000L * 366 * 86_400 * MICROS;

    /** The time that rules ask for is the machine's, as in Python. */
    private static final Clock CLOCK = Clock.systemUTC();

    private Times() {}

    /** {@code time.time()}. */
    static double epochSeconds() {
        return CLOCK.millis() / 1e3;
    }

    /** A {@code datetime} without a zone. */
    record Moment(LocalDateTime time) {

        Moment plus(long micros) {
            try {
                LocalDateTime sum = time.plus(micros, ChronoUnit.MICROS);
                if (sum.getYear() >= 1 && sum.getYear() <= 9999) {
                    return new Moment(sum);
                }
            } catch (DateTimeException e) {
                throw Unsure.UNSURE;
            }
            throw Unsure.UNSURE;
        }

        /** {@code timestamp()}: local time is UTC, see PythonContext. */
        double timestamp() {
            Instant instant = time.toInstant(ZoneOffset.UTC);
            return ((double) instant.getEpochSecond() * MICROS + instant.getNano() / 1000) / MICROS;
        }

        String isoformat() {
            String text = time.truncatedTo(ChronoUnit.SECONDS).toString();
            String full = text.length() == "2026-01-02T03:04".length() ? text + ":00" : text;
            int micros = time.getNano() / 1000;
            return micros == 0 ? full : full + "." + Long.toString(MICROS + micros).substring(1);
        }
    }

    /** A {@code timedelta}. */
    record Span(long micros) {}

    /** A method of {@code datetime} itself. */
    static Object ofType(String method, List<Object> arguments) {
        boolean texts = arguments.stream().allMatch(String.class::isInstance);
        return switch (method) {
            case "strptime" -> {
                if (arguments.size() != 2 || !texts) {
                    throw Unsure.UNSURE;
                }
                yield TimeFormat.of((String) arguments.get(1)).parse((String) arguments.get(0));
            }
            case "fromisoformat" -> {
                if (arguments.size() != 1 || !texts) {
                    throw Unsure.UNSURE;
                }
                yield ofIso((String) arguments.get(0));
            }
            case "utcnow", "now" -> now(arguments);
            default -> throw Unsure.UNSURE;
        };
    }

    private static Moment now(List<Object> arguments) {
        if (!arguments.isEmpty()) {
            throw Unsure.UNSURE;
        }
        return new Moment(LocalDateTime.now(CLOCK).truncatedTo(ChronoUnit.MICROS));
    }

    /** The forms that events have; the many others are Python's to read. */
    private static Moment ofIso(String text) {
        TimeFormat format = text.indexOf('.') < 0 ? TimeFormat.ISO : TimeFormat.ISO_FRACTION;
        boolean plain =
                text.length() == "2026-01-02T03:04:05".length()
                        || text.length() == "2026-01-02T03:04:05.678901".length();
        if (!plain) {
            throw Unsure.UNSURE;
        }
        try {
            return format.parse(text.replace(' ', 'T'));
        } catch (Raised e) {
            throw Unsure.UNSURE;
        }
    }

    static Object call(Moment moment, String method, List<Object> arguments) {
        if (method.equals("strftime") && arguments.equals(List.of("%s"))) {
            return Long.toString((long) moment.timestamp());
        }
        if (!arguments.isEmpty()) {
            throw Unsure.UNSURE;
        }
        return switch (method) {
            case "timestamp" -> moment.timestamp();
            case "isoformat" -> moment.isoformat();
            default -> throw Unsure.UNSURE;
        };
    }

    static Object call(Span span, String method, List<Object> arguments) {
        if (!method.equals("total_seconds") || !arguments.isEmpty()) {
            throw Unsure.UNSURE;
        }
        return (double) span.micros() / MICROS;
    }

    /** A part of the span, as Python divides it: only the days may be negative. */
    static Object attribute(Span span, String name) {
        long seconds = Math.floorDiv(span.micros(), MICROS);
        return switch (name) {
            case "days" -> Math.floorDiv(seconds, 86_400L);
            case "seconds" -> Math.floorMod(seconds, 86_400L);
            case "microseconds" -> Math.floorMod(span.micros(), MICROS);
            default -> throw Unsure.UNSURE;
        };
    }

    /** A part of the moment. */
    static Object attribute(Moment moment, String name) {
        LocalDateTime time = moment.time();
        return switch (name) {
            case "year" -> (long) time.getYear();
            case "month" -> (long) time.getMonthValue();
            case "day" -> (long) time.getDayOfMonth();
            case "hour" -> (long) time.getHour();
            case "minute" -> (long) time.getMinute();
            case "second" -> (long) time.getSecond();
            case "microsecond" -> time.getNano() / 1000L;
            default -> throw Unsure.UNSURE;
        };
    }

    /** {@code timedelta(days=3)}, of whole numbers. */
    static Span span(List<Object> arguments, Map<String, Object> named) {
        if (arguments.size() > 1) {
            throw Unsure.UNSURE;
        }
        long micros = arguments.isEmpty() ? 0 : part("days", arguments.get(0));
        for (Map.Entry<String, Object> one : named.entrySet()) {
            micros = within(Math.addExact(micros, part(one.getKey(), one.getValue())));
        }
        return new Span(micros);
    }

    private static long part(String unit, Object amount) {
        if (!(amount instanceof Long number)) {
            throw Unsure.UNSURE;
        }
        long seconds =
                switch (unit) {
                    case "weeks" -> 7 * 86_400;
                    case "days" -> 86_400;
                    case "hours" -> 3600;
                    case "minutes" -> 60;
                    case "seconds" -> 1;
                    default -> throw Unsure.UNSURE;
                };
        try {
            return within(Math.multiplyExact(number, seconds * MICROS));
        } catch (ArithmeticException e) {
            throw Unsure.UNSURE;
        }
    }

    private static long within(long micros) {
        if (micros > MAX_SPAN || micros < -MAX_SPAN) {
            throw Unsure.UNSURE;
        }
        return micros;
    }

    /** {@code first - second}. */
    static Object subtract(Object first, Object second) {
        if (first instanceof Moment left && second instanceof Moment right) {
            return new Span(ChronoUnit.MICROS.between(right.time(), left.time()));
        }
        if (first instanceof Moment left && second instanceof Span right) {
            return left.plus(-right.micros());
        }
        if (first instanceof Span left && second instanceof Span right) {
            return new Span(within(left.micros() - right.micros()));
        }
        throw Unsure.UNSURE;
    }
}
