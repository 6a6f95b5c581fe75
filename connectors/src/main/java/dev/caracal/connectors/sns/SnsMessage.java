package dev.caracal.connectors.sns;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * A message to publish.
 *
 * @param subject for e-mail subscriptions, up to 100 characters; empty for none
 * @param attributes string attributes by name, for filter policies; none is empty, SNS's rule
 */
public record SnsMessage(String body, String subject, Map<String, String> attributes)
        implements Serializable {

    public SnsMessage {
        if (body.isEmpty()) {
            throw new IllegalArgumentException("Body is empty, SNS publishes no such message");
        }
        Objects.requireNonNull(subject, "subject is null");
        attributes = Map.copyOf(attributes);
        attributes.forEach(
                (name, value) -> {
                    if (name.isEmpty() || value.isEmpty()) {
                        throw new IllegalArgumentException(
                                "Attribute '" + name + "' is '" + value + "', expected some text");
                    }
                });
    }

    public SnsMessage(String body) {
        this(body, "", Map.of());
    }
}
