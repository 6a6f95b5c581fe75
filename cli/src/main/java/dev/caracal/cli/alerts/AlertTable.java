package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Alerts as lines for people, the same columns in each. */
public final class AlertTable {

    private static final String LAYOUT = "%-20s  %-8s  %-13s  %7s  %-12s  %s";

    /** Characters of an id that are shown. */
    static final int ID = 12;

    private AlertTable() {}

    public static String head() {
        return LAYOUT.formatted("MADE", "SEVERITY", "TYPE", "EVENTS", "ID", "RULE: TITLE");
    }

    public static String line(JsonNode alert) {
        String id = text(alert, "alertId");
        return LAYOUT.formatted(
                text(alert, "creationTime").replaceFirst("\\.[0-9]+Z$", "Z"),
                text(alert, "severity").toLowerCase(Locale.ROOT),
                text(alert, "type").toLowerCase(Locale.ROOT).replace('_', ' '),
                alert.path("eventCount").asLong(),
                id.substring(0, Math.min(ID, id.length())),
                oneLine(text(alert, "ruleId") + ": " + text(alert, "title")));
    }

    /** What logs say is shown, not obeyed by the terminal. */
    public static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String text(JsonNode alert, String field) {
        return alert.path(field).asText();
    }
}
