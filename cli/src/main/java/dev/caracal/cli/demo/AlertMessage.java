package dev.caracal.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.samples.Tally;

/** An alert as the job stores and publishes it. */
record AlertMessage(JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The alert in the envelope that SNS puts around it. */
    static AlertMessage fromSns(String envelope) throws JsonProcessingException {
        return new AlertMessage(JSON.readTree(JSON.readTree(envelope).path("Message").asText()));
    }

    String id() {
        return json.path("alertId").asText();
    }

    /**
     * One alert of its rule; that a rule failed counts apart. Alerts of system health do not count:
     * what they are about does, as dead letters.
     */
    Tally tally() {
        String ruleId = json.path("ruleId").asText();
        return switch (json.path("type").asText()) {
            case "SYSTEM_HEALTH" -> Tally.NOTHING;
            case "RULE_ERROR" -> Tally.ofAlerts("error of " + ruleId, 1);
            default -> Tally.ofAlerts(ruleId, 1);
        };
    }

    String line() {
        return "ALERT  %-8s  %s  (%s)"
                .formatted(
                        json.path("severity").asText(),
                        json.path("title").asText(),
                        json.path("ruleId").asText());
    }
}
