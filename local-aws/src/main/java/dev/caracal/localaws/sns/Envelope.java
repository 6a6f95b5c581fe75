package dev.caracal.localaws.sns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.localaws.identity.SignedRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;

/**
 * The JSON that SNS wraps its messages in.
 *
 * <p>The signature is a placeholder of the right shape: there is no certificate behind
 * SigningCertURL, so nothing can be verified with it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">Parsing
 *     Amazon SNS message formats</a>
 */
final class Envelope {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final URI endpoint;
    private final InstantSource clock;

    Envelope(URI endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    String notification(Subscription subscription, Publication publication) {
        ObjectNode envelope =
                start("Notification", publication.messageId(), subscription.topicArn());
        if (publication.subject() != null) {
            envelope.put("Subject", publication.subject());
        }
        envelope.put("Message", publication.body(subscription.protocol()));
        sign(envelope);
        envelope.put(
                "UnsubscribeURL",
                endpoint + "/?Action=Unsubscribe&SubscriptionArn=" + encode(subscription.arn()));
        if (!publication.attributes().isEmpty()) {
            ObjectNode attributes = envelope.putObject("MessageAttributes");
            publication
                    .attributes()
                    .forEach(
                            (name, value) ->
                                    attributes
                                            .putObject(name)
                                            .put("Type", value.type())
                                            .put("Value", value.value()));
        }
        return envelope.toString();
    }

    String confirmation(Subscription subscription, String token) {
        ObjectNode envelope =
                start(
                        "SubscriptionConfirmation",
                        UUID.randomUUID().toString(),
                        subscription.topicArn());
        envelope.put("Token", token);
        envelope.put(
                "Message",
                "You have chosen to subscribe to the topic "
                        + subscription.topicArn()
                        + ".\nTo confirm the subscription, visit the SubscribeURL included in this"
                        + " message.");
        envelope.put(
                "SubscribeURL",
                "%s/?Action=ConfirmSubscription&TopicArn=%s&Token=%s"
                        .formatted(endpoint, encode(subscription.topicArn()), token));
        sign(envelope);
        return envelope.toString();
    }

    private static ObjectNode start(String type, String messageId, String topicArn) {
        return JSON.createObjectNode()
                .put("Type", type)
                .put("MessageId", messageId)
                .put("TopicArn", topicArn);
    }

    private void sign(ObjectNode envelope) {
        envelope.put("Timestamp", TIMESTAMP.format(clock.instant()));
        String digest = SignedRequest.sha256(envelope.toString());
        envelope.put("SignatureVersion", "1");
        envelope.put(
                "Signature",
                Base64.getEncoder().encodeToString(digest.getBytes(StandardCharsets.US_ASCII)));
        envelope.put("SigningCertURL", endpoint + "/SimpleNotificationService.pem");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
