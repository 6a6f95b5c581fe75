package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Alerts by id, each as its latest record has it. */
public final class AlertRecords {

    private final Map<String, JsonNode> byId = new LinkedHashMap<>();

    /** Takes a record, and says whether it is news: files come in no certain order. */
    public boolean add(JsonNode alert) {
        String id = alert.path("alertId").asText();
        JsonNode known = byId.get(id);
        if (known != null && eventCount(known) >= eventCount(alert)) {
            return false;
        }
        byId.put(id, alert);
        return true;
    }

    private static long eventCount(JsonNode alert) {
        return alert.path("eventCount").asLong();
    }

    public Collection<JsonNode> all() {
        return byId.values();
    }
}
