package dev.caracal.localaws.sns;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was published.
 *
 * @param bodies the text for each protocol; {@code default} for those that are not named
 */
record Publication(
        String messageId,
        @Nullable String subject,
        Map<String, String> bodies,
        Map<String, Attribute> attributes) {

    /**
     * A message attribute.
     *
     * @param type String, String.Array, Number or Binary
     * @param value in base64 where the type is Binary
     */
    record Attribute(String type, String value) {}

    Publication {
        bodies = Map.copyOf(bodies);
        attributes = Map.copyOf(attributes);
    }

    static Publication of(
            @Nullable String subject,
            Map<String, String> bodies,
            Map<String, Attribute> attributes) {
        return new Publication(UUID.randomUUID().toString(), subject, bodies, attributes);
    }

    String body(String protocol) {
        String body = bodies.get(protocol);
        return body != null ? body : bodies.getOrDefault("default", "");
    }
}
