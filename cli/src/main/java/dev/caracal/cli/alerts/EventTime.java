package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When an event was, as the event and the folder of its file say. */
final class EventTime {

    private static final Pattern HOUR =
            Pattern.compile(".*year=([0-9]{4})/month=([0-9]{2})/day=([0-9]{2})/hour=([0-9]{2})/.*");

    private EventTime() {}

    /** Its {@code p_event_time}, to the second. */
    static Optional<Instant> of(JsonNode event) {
        String time = event.path("p_event_time").asText();
        try {
            return time.length() < 19
                    ? Optional.empty()
                    : Optional.of(Instant.parse(time.substring(0, 19).replace(' ', 'T') + 'Z'));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Files whose hour is nearest to a time come first. */
    static Comparator<String> nearestTo(Instant time) {
        return Comparator.comparing(
                file -> Duration.between(hour(file).orElse(Instant.MIN), time).abs());
    }

    private static Optional<Instant> hour(String file) {
        Matcher hour = HOUR.matcher(file);
        return hour.matches()
                ? Optional.of(
                        Instant.parse(
                                "%s-%s-%sT%s:00:00Z"
                                        .formatted(
                                                hour.group(1),
                                                hour.group(2),
                                                hour.group(3),
                                                hour.group(4))))
                : Optional.empty();
    }
}
