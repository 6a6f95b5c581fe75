package dev.caracal.localaws.sns;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that wants a topic's messages.
 *
 * @param protocol sqs, http or https
 * @param endpoint a queue's ARN or a URL
 * @param token what ConfirmSubscription must bring; null where nothing was asked
 * @param attributes those that were set: RawMessageDelivery, FilterPolicy, FilterPolicyScope
 */
record Subscription(
        String arn,
        String topicArn,
        String protocol,
        String endpoint,
        String owner,
        @Nullable String token,
        boolean confirmed,
        Map<String, String> attributes) {

    Subscription {
        attributes = Map.copyOf(attributes);
    }

    @JsonIgnore
    boolean raw() {
        return "true".equals(attributes.get("RawMessageDelivery"));
    }

    /** What the message must look like to be delivered; empty text means anything. */
    @JsonIgnore
    String filterPolicy() {
        return attributes.getOrDefault("FilterPolicy", "");
    }

    @JsonIgnore
    FilterPolicy.Scope filterPolicyScope() {
        return FilterPolicy.Scope.valueOf(
                attributes.getOrDefault("FilterPolicyScope", "MessageAttributes"));
    }

    Subscription asConfirmed() {
        return new Subscription(arn, topicArn, protocol, endpoint, owner, token, true, attributes);
    }

    Subscription withAttribute(String name, String value) {
        Map<String, String> changed = new HashMap<>(attributes);
        changed.put(name, value);
        return new Subscription(
                arn, topicArn, protocol, endpoint, owner, token, confirmed, changed);
    }

    @Override
    public String toString() {
        return "Subscription[" + arn + " to " + endpoint + "]";
    }
}
