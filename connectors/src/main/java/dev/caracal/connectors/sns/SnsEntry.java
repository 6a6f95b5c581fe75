package dev.caracal.connectors.sns;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A message in the sink's buffer.
 *
 * @param message what to publish
 * @param sizeInBytes what SNS counts: body, and names, types and values of the attributes
 * @param attempts how often SNS has refused it
 */
record SnsEntry(SnsMessage message, long sizeInBytes, int attempts) implements Serializable {

    private static final int ATTRIBUTE_TYPE_BYTES = "String".length();

    static SnsEntry of(SnsMessage message) {
        long size = bytes(message.body()) + bytes(message.subject());
        for (var attribute : message.attributes().entrySet()) {
            size += bytes(attribute.getKey()) + ATTRIBUTE_TYPE_BYTES + bytes(attribute.getValue());
        }
        return new SnsEntry(message, size, 0);
    }

    SnsEntry afterFailure() {
        return new SnsEntry(message, sizeInBytes, attempts + 1);
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
