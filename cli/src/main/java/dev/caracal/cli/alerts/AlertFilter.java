package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which alerts are meant. */
final class AlertFilter {

    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([mhd])");
    private static final Pattern DAY =
            Pattern.compile(".*year=([0-9]{4})/month=([0-9]{2})/day=([0-9]{2})/.*");

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            description =
                    "Alerts of this severity or a worse one: info, low, medium, high, critical.")
    private @Nullable String severity;

    @Option(
            names = "--rule",
            paramLabel = "ID",
            description = "Alerts of this rule; * stands for any text, as in 'AWS.*'.")
    private @Nullable String rule;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Alerts of this type: rule, rule_error, system_health.")
    private @Nullable String type;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Alerts made since then: 30m, 12h, 7d ago, a day such as 2026-11-24, or a time"
                            + " such as 2026-11-24T09:30:00Z (UTC).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Alerts made before then.")
    private @Nullable String until;

    /**
     * What the options mean.
     *
     * @throws WrongUsageException if one of them does not fit
     */
    Criteria at(Instant now) {
        return new Criteria(
                severity == null ? Severity.INFO : choice("--severity", Severity.class, severity),
                type == null ? null : choice("--type", Alert.Type.class, type),
                rule == null ? null : glob(rule),
                since == null ? Instant.MIN : time("--since", since, now),
                until == null ? Instant.MAX : time("--until", until, now));
    }

    private static <E extends Enum<E>> E choice(String option, Class<E> values, String value) {
        try {
            return Enum.valueOf(values, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new WrongUsageException(
                    option
                            + " is \""
                            + value
                            + "\", expected one of "
                            + Arrays.toString(values.getEnumConstants()).toLowerCase(Locale.ROOT));
        }
    }

    private static Pattern glob(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"));
    }

    private static Instant time(String option, String value, Instant now) {
        Matcher ago = AGO.matcher(value);
        if (ago.matches()) {
            long number = Long.parseLong(ago.group(1));
            return now.minus(
                    switch (ago.group(2)) {
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        try {
            return value.length() == 10
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new WrongUsageException(
                    option
                            + " is \""
                            + value
                            + "\", expected such as 12h, 2026-11-24 or 2026-11-24T09:30:00Z");
        }
    }

    /** The options' meaning. */
    record Criteria(
            Severity least,
            Alert.@Nullable Type type,
            @Nullable Pattern rule,
            Instant since,
            Instant until) {

        /** Whether a file can hold what is meant: it lies in the folder of its alerts' day. */
        boolean mayHold(String file) {
            Matcher day = DAY.matcher(file);
            if (!day.matches()) {
                return true;
            }
            Instant begin =
                    Instant.parse(
                            day.group(1) + '-' + day.group(2) + '-' + day.group(3) + "T00:00:00Z");
            return begin.plus(Duration.ofDays(1)).isAfter(since) && begin.isBefore(until);
        }

        boolean fits(JsonNode alert) {
            Instant made = Instant.parse(alert.path("creationTime").asText());
            return Severity.valueOf(alert.path("severity").asText()).compareTo(least) >= 0
                    && (type == null || type.name().equals(alert.path("type").asText()))
                    && (rule == null || rule.matcher(alert.path("ruleId").asText()).matches())
                    && !made.isBefore(since)
                    && made.isBefore(until);
        }
    }
}
