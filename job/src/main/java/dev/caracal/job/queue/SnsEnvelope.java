package dev.caracal.job.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What SNS wraps around a message, unless raw message delivery is on.
 *
 * @param type {@code Notification}, {@code SubscriptionConfirmation} or {@code
 *     UnsubscribeConfirmation}
 * @param token of a confirmation; a secret
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">Amazon
 *     SNS message and JSON formats</a>
 */
record SnsEnvelope(String type, String topicArn, String message, String token) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty for everything else; only what looks like an envelope is parsed. */
    static Optional<SnsEnvelope> read(String body) {
        if (!body.startsWith("{")
                || !body.contains("\"TopicArn\"")
                || !body.contains("\"Type\"")
                || !body.contains("\"SignatureVersion\"")) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(body);
            String topicArn = json.path("TopicArn").asText();
            return topicArn.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new SnsEnvelope(
                                    json.path("Type").asText(),
                                    topicArn,
                                    json.path("Message").asText(),
                                    json.path("Token").asText()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "SnsEnvelope[type=" + type + ", topicArn=" + topicArn + "]";
    }
}
