package dev.caracal.localaws.sns;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.caracal.localaws.StateFile;
import dev.caracal.localaws.http.AwsError;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The topics and their subscriptions, kept in the state file. */
final class Topics {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final StateFile state;

    Topics(StateFile state) {
        this.state = state;
        state.read("topics", new TypeReference<List<Topic>>() {})
                .forEach(topic -> topics.put(topic.arn(), topic));
        state.read("subscriptions", new TypeReference<List<Subscription>>() {})
                .forEach(one -> subscriptions.put(one.arn(), one));
    }

    /** Creates a topic, or finds it where it is there already. */
    synchronized Topic create(String region, String account, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new AwsError(400, "InvalidParameter", "Invalid parameter: Topic Name");
        }
        String arn = Topic.arn(region, account, name);
        Topic known = topics.get(arn);
        if (known != null) {
            return known;
        }
        Topic topic = new Topic(arn, Map.of());
        put(topic);
        return topic;
    }

    synchronized Optional<Topic> find(String arn) {
        return Optional.ofNullable(topics.get(arn));
    }

    synchronized Topic require(String arn) {
        return find(arn).orElseThrow(() -> new AwsError(404, "NotFound", "Topic does not exist"));
    }

    synchronized List<Topic> all() {
        return List.copyOf(topics.values());
    }

    synchronized void put(Topic topic) {
        topics.put(topic.arn(), topic);
        state.write("topics", List.copyOf(topics.values()));
    }

    synchronized void delete(String arn) {
        topics.remove(arn);
        subscriptions.values().removeIf(one -> one.topicArn().equals(arn));
        state.write("topics", List.copyOf(topics.values()));
        save();
    }

    /**
     * Subscribes an endpoint, or finds its subscription where there is one.
     *
     * @param pending whether the endpoint must confirm first
     */
    synchronized Subscription subscribe(
            Topic topic,
            String protocol,
            String endpoint,
            String owner,
            Map<String, String> attributes,
            boolean pending) {
        for (Subscription known : of(topic.arn())) {
            if (known.protocol().equals(protocol) && known.endpoint().equals(endpoint)) {
                if (!known.attributes().equals(attributes) && !attributes.isEmpty()) {
                    throw new AwsError(
                            400,
                            "InvalidParameter",
                            "Invalid parameter: Attributes Reason: Subscription already exists"
                                    + " with different attributes");
                }
                return known;
            }
        }
        Subscription subscription =
                new Subscription(
                        topic.arn() + ":" + UUID.randomUUID(),
                        topic.arn(),
                        protocol,
                        endpoint,
                        owner,
                        pending ? newToken() : null,
                        !pending,
                        attributes);
        put(subscription);
        return subscription;
    }

    /** Confirms the subscription that has a token; doing so again changes nothing. */
    synchronized Subscription confirm(String topicArn, String token) {
        for (Subscription one : of(topicArn)) {
            if (token.equals(one.token())) {
                Subscription confirmed = one.asConfirmed();
                put(confirmed);
                return confirmed;
            }
        }
        throw new AwsError(400, "InvalidParameter", "Invalid parameter: Token");
    }

    synchronized Subscription subscription(String arn) {
        Subscription subscription = subscriptions.get(arn);
        if (subscription == null) {
            throw new AwsError(404, "NotFound", "Subscription does not exist");
        }
        return subscription;
    }

    synchronized void put(Subscription subscription) {
        subscriptions.put(subscription.arn(), subscription);
        save();
    }

    synchronized void unsubscribe(String arn) {
        subscriptions.remove(arn);
        save();
    }

    synchronized List<Subscription> of(String topicArn) {
        List<Subscription> found = new ArrayList<>(subscriptions.values());
        found.removeIf(one -> !one.topicArn().equals(topicArn));
        return found;
    }

    synchronized List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    private void save() {
        state.write("subscriptions", List.copyOf(subscriptions.values()));
    }

    private String newToken() {
        byte[] token = new byte[64];
        random.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
