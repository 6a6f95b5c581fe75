package dev.caracal.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people are told: matches of one rule with one dedup string within one dedup period.
 *
 * <p>Texts, severity, destinations, context and event are those of the first match in the period.
 * An alert has several records, each with all that is known: the first when the threshold is
 * reached, more as matches go on. Times are in milliseconds since the epoch, on the clock that
 * periods run on.
 *
 * @param alertId hash of the type, the rule, the dedup string and the period's first match; the
 *     same matches give the same id in a replay
 * @param ruleVersion content hash of the rule that judged the first match
 * @param reports what the rule covers of compliance frameworks
 * @param destinations names or ids of where the alert goes; null for the usual ones, empty for none
 * @param eventCount matches in the period so far
 * @param creationTimeMillis when the threshold was reached
 * @param updateTimeMillis when this record was made
 * @param context a JSON object
 * @param rowIds of the first matching events, at most {@link AlertGrouping#MAX_ROW_IDS}
 * @param event the first matching event's JSON, in UTF-8
 */
public record Alert(
        String alertId,
        String ruleId,
        String ruleVersion,
        Type type,
        Severity severity,
        String title,
        String dedup,
        String description,
        String runbook,
        String reference,
        List<String> tags,
        List<Report> reports,
        @Nullable List<String> destinations,
        List<String> logTypes,
        long eventCount,
        long firstMatchTimeMillis,
        long lastMatchTimeMillis,
        long creationTimeMillis,
        long updateTimeMillis,
        String context,
        List<String> rowIds,
        byte[] event) {

    /** What raised the alert. */
    public enum Type {
        /** A rule matched. */
        RULE,
        /** A rule failed on events. */
        RULE_ERROR,
        /** Something is wrong with Caracal, or with what it is fed. */
        SYSTEM_HEALTH
    }

    /** Of the records' form; see alert-v1.schema.json. */
    public static final int SCHEMA_VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    public Alert {
        Objects.requireNonNull(alertId, "alertId is null");
        Objects.requireNonNull(ruleId, "ruleId is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(severity, "severity is null");
        Objects.requireNonNull(event, "event is null");
    }

    /** Whether this is the alert's first record. */
    public boolean isNew() {
        return updateTimeMillis == creationTimeMillis;
    }

    /** This alert as its period has it by now. */
    public Alert asOf(AlertPeriod period, List<String> newRowIds, long nowMillis) {
        return new Alert(
                alertId,
                ruleId,
                ruleVersion,
                type,
                severity,
                title,
                dedup,
                description,
                runbook,
                reference,
                tags,
                reports,
                destinations,
                period.logTypes(),
                period.eventCount(),
                period.firstMatchTimeMillis(),
                period.lastMatchTimeMillis(),
                period.creationTimeMillis(),
                nowMillis,
                context,
                newRowIds,
                event);
    }

    /** One JSON object in UTF-8, without line breaks; times in ISO 8601, UTC. */
    public byte[] toJson() {
        var bytes = new ByteArrayOutputStream(1024 + event.length);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("alertId", alertId);
            json.writeStringField("ruleId", ruleId);
            json.writeStringField("version", ruleVersion);
            json.writeStringField("type", type.name());
            json.writeStringField("severity", severity.name());
            json.writeStringField("title", title);
            json.writeStringField("dedup", dedup);
            json.writeStringField("description", description);
            json.writeStringField("runbook", runbook);
            json.writeStringField("reference", reference);
            writeTexts(json, "tags", tags);
            json.writeObjectFieldStart("reports");
            for (Report report : reports) {
                writeTexts(json, report.framework(), report.sections());
            }
            json.writeEndObject();
            if (destinations == null) {
                json.writeNullField("destinations");
            } else {
                writeTexts(json, "destinations", destinations);
            }
            writeTexts(json, "logTypes", logTypes);
            json.writeNumberField("eventCount", eventCount);
            writeTime(json, "firstMatchTime", firstMatchTimeMillis);
            writeTime(json, "lastMatchTime", lastMatchTimeMillis);
            writeTime(json, "creationTime", creationTimeMillis);
            writeTime(json, "updateTime", updateTimeMillis);
            json.writeFieldName("context");
            json.writeRawValue(context);
            writeTexts(json, "rowIds", rowIds);
            json.writeFieldName("event");
            json.writeRawValue(new String(event, StandardCharsets.UTF_8));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeTime(JsonGenerator json, String name, long millis) throws IOException {
        json.writeStringField(name, Instant.ofEpochMilli(millis).toString());
    }
}
