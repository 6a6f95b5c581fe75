package dev.caracal.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of time, in UTC.
 *
 * @param from the first time that counts, empty for all before {@code to}
 * @param to the first time that no longer counts, empty for all after {@code from}
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> to) {

    private static final Pattern LAST = Pattern.compile("(\\d{1,6})([mhdw])");

    /**
     * @throws WrongUsageException if an option cannot be read, or they contradict each other
     */
    public static TimeRange of(
            @Nullable String last, @Nullable String from, @Nullable String to, Instant now) {
        if (last != null && (from != null || to != null)) {
            throw new WrongUsageException("--last excludes --from and --to");
        }
        if (last != null) {
            return new TimeRange(Optional.of(now.minus(duration(last))), Optional.empty());
        }
        TimeRange range =
                new TimeRange(
                        Optional.ofNullable(from).map(text -> time("--from", text)),
                        Optional.ofNullable(to).map(text -> time("--to", text)));
        if (range.from.isPresent()
                && range.to.isPresent()
                && !range.from.get().isBefore(range.to.get())) {
            throw new WrongUsageException("--from " + from + " is not before --to " + to);
        }
        return range;
    }

    /** Such as {@code from 2026-11-18T05:06:07Z on}; empty if all times count. */
    public Optional<String> inWords() {
        if (from.isPresent() && to.isPresent()) {
            return Optional.of("from " + from.get() + " to " + to.get());
        }
        return from.map(first -> "from " + first + " on").or(() -> to.map(end -> "before " + end));
    }

    private static Duration duration(String text) {
        Matcher matcher = LAST.matcher(text);
        if (!matcher.matches()) {
            throw new WrongUsageException(
                    "--last is " + text + ", expected a number and m, h, d or w, such as 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }

    private static Instant time(String option, String text) {
        try {
            if (text.length() == "2026-11-24".length()) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            String iso = text.replace(' ', 'T');
            return iso.endsWith("Z")
                    ? Instant.parse(iso)
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new WrongUsageException(
                    option
                            + " is "
                            + text
                            + ", expected a time in UTC such as 2026-11-24 or"
                            + " 2026-11-24T05:06:07Z");
        }
    }
}
