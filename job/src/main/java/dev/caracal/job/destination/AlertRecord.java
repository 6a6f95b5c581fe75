package dev.caracal.job.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.rules.Alert;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** An alert's JSON, made to fit where it is sent; the whole alert is in S3. */
final class AlertRecord {

    /** What a receiver can best do without, first. */
    private static final List<String> LARGE_FIELDS =
            List.of("event", "context", "rowIds", "description", "runbook", "reports", "tags");

    private static final ObjectMapper JSON = new ObjectMapper();

    private AlertRecord() {}

    /**
     * A message that holds the alert's JSON, without as many of its large fields as it takes.
     *
     * @param message makes the message of the JSON
     * @throws IllegalArgumentException if it is too large even so
     */
    static String fit(Alert alert, UnaryOperator<String> message, int maxBytes) {
        String json = new String(alert.toJson(), StandardCharsets.UTF_8);
        String whole = message.apply(json);
        if (bytes(whole) <= maxBytes) {
            return whole;
        }
        ObjectNode fields = parse(json);
        for (String field : LARGE_FIELDS) {
            fields.remove(field);
            String shorter = message.apply(fields.toString());
            if (bytes(shorter) <= maxBytes) {
                return shorter;
            }
        }
        throw new IllegalArgumentException(
                "the alert does not fit into " + maxBytes + " bytes, even without " + LARGE_FIELDS);
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An alert's record is no JSON", e);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
