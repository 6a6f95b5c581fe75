package dev.caracal.job.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.rules.Match;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Something wrong that was found once. It is grouped into alerts as a match is, so that a fault
 * that lasts is one alert an hour, with a count.
 *
 * @param check what is watched; stands for the rule's id
 * @param subject what it is wrong with, such as a log source; findings with the same one make one
 *     alert
 * @param threshold findings within the hour before there is an alert
 * @param details a JSON object; the first finding's is the alert's context
 * @param id tells the finding from others of its subject, such as an object and a record's index
 */
record HealthFinding(
        HealthCheck check,
        String subject,
        int threshold,
        String title,
        String description,
        ObjectNode details,
        String id,
        long timeMillis) {

    /** How long findings are gathered in one alert. */
    static final int PERIOD_MINUTES = 60;

    private static final int MAX_TEXT = 1000;
    private static final String CUT = "... (truncated)";
    private static final ObjectMapper JSON = new ObjectMapper();

    HealthFinding {
        Objects.requireNonNull(check, "check is null");
        Objects.requireNonNull(subject, "subject is null");
        title = cut(title);
        description = cut(description);
    }

    static ObjectNode noDetails() {
        return JSON.createObjectNode();
    }

    Match match() {
        byte[] json = json();
        return new Match(
                check.id(),
                "",
                false,
                check.severity(),
                title,
                cut(subject),
                PERIOD_MINUTES,
                threshold,
                true,
                description,
                check.runbook(),
                "",
                List.of(),
                List.of(),
                null,
                "",
                new String(json, StandardCharsets.UTF_8),
                "",
                id,
                timeMillis,
                json);
    }

    private byte[] json() {
        try {
            return JSON.writeValueAsBytes(details);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The details of a finding cannot be written", e);
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - CUT.length()) + CUT;
    }
}
