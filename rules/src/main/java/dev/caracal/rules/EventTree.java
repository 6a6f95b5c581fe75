package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An event's JSON as a tree, parsed when first asked for. */
final class EventTree {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] json;
    private @Nullable JsonNode root;

    EventTree(byte[] json) {
        this.json = json;
    }

    /** A missing node if it is no JSON. */
    JsonNode root() {
        JsonNode parsed = root;
        if (parsed == null) {
            try {
                parsed = JSON.readTree(json);
            } catch (IOException e) {
                parsed = MissingNode.getInstance();
            }
            root = parsed;
        }
        return parsed;
    }
}
