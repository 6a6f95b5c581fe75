package dev.caracal.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** An alert in one line. */
final class AlertLine {

    private AlertLine() {}

    static String of(JsonNode alert) {
        return "ALERT  %-8s  %s  (%s)"
                .formatted(
                        alert.path("severity").asText(),
                        alert.path("title").asText(),
                        alert.path("ruleId").asText());
    }
}
