package dev.caracal.job.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.caracal.connectors.DeadLetter;
import dev.caracal.job.output.MatchLines;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Match;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The tables of rule matches, alerts and dead letters. */
public final class FindingTables {

    public static final String RULE_MATCHES = "rule_matches";
    public static final String ALERTS = "alerts";
    public static final String DEAD_LETTERS = "dead_letters";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MatchLines LINES = new MatchLines();

    private static final Map<String, TableShape> SHAPES =
            Map.of(
                    RULE_MATCHES,
                    new TableShapeBuilder()
                            .core()
                            .text("p_rule_id")
                            .text("p_rule_version")
                            .text("p_rule_severity")
                            .texts("p_rule_tags")
                            .json("p_rule_reports")
                            .text("p_rule_error")
                            .text("p_alert_id")
                            .text("p_alert_title")
                            .text("p_alert_dedup")
                            .json("p_alert_context")
                            .json("p_event")
                            .build(RULE_MATCHES, CoreColumns.EVENT_TIME, CoreColumns.PARSE_TIME),
                    ALERTS,
                    new TableShapeBuilder()
                            .timestamp("creationTime")
                            .timestamp("updateTime")
                            .text("alertId")
                            .text("ruleId")
                            .text("version")
                            .text("type")
                            .text("severity")
                            .text("title")
                            .text("dedup")
                            .text("description")
                            .text("runbook")
                            .text("reference")
                            .texts("tags")
                            .json("reports")
                            .texts("destinations")
                            .texts("logTypes")
                            .number("eventCount")
                            .timestamp("firstMatchTime")
                            .timestamp("lastMatchTime")
                            .json("context")
                            .texts("rowIds")
                            .json("event")
                            .unmapped()
                            .build(ALERTS, "creationTime", ""),
                    DEAD_LETTERS,
                    new TableShapeBuilder()
                            .timestamp("time")
                            .text("stage")
                            .text("reason")
                            .text("detail")
                            .text("sourceId")
                            .text("object")
                            .number("recordIndex")
                            .text("text")
                            .unmapped()
                            .build(DEAD_LETTERS, "time", ""));

    private FindingTables() {}

    static Optional<TableShape> find(String name) {
        return Optional.ofNullable(SHAPES.get(name));
    }

    /** What the match's line in S3 has, as far as there are columns for it, and the whole event. */
    public static LakeDocument of(Match match) {
        ObjectNode event = JSON.createObjectNode();
        event.putRawValue(
                "p_event", new RawValue(new String(match.event(), StandardCharsets.UTF_8)));
        return new LakeDocument(RULE_MATCHES, "", join(write(event), LINES.line(match)));
    }

    public static LakeDocument of(Alert alert) {
        return new LakeDocument(ALERTS, "", alert.toJson());
    }

    public static LakeDocument of(DeadLetter deadLetter) {
        ObjectNode letter = JSON.valueToTree(deadLetter);
        letter.remove("timeMillis");
        letter.put("time", Instant.ofEpochMilli(deadLetter.timeMillis()).toString());
        return new LakeDocument(DEAD_LETTERS, "", write(letter));
    }

    private static byte[] write(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON cannot be written", e);
        }
    }

    /** One object with the members of both; neither is empty. */
    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length - 1);
        joined[first.length - 1] = ',';
        System.arraycopy(second, 1, joined, first.length, second.length - 1);
        return joined;
    }
}
