package dev.caracal.localaws.sns;

import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.Query;
import dev.caracal.localaws.http.QueryServer.Caller;
import dev.caracal.localaws.http.XmlWriter;
import dev.caracal.localaws.identity.Credential.AccountKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The calls about subscriptions.
 *
 * <p>A queue is subscribed at once where its own account asks for it. Otherwise, and always for
 * HTTP, the endpoint gets a SubscriptionConfirmation and the subscription waits for
 * ConfirmSubscription with the token in it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html">Sending
 *     Amazon SNS messages to an Amazon SQS queue in a different account</a>
 */
final class SubscriptionActions {
    private static final Set<String> SETTABLE =
            Set.of("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope");
    private static final String PENDING = "pending confirmation";

    private final Topics topics;
    private final Delivery delivery;
    private final boolean alwaysConfirm;

    SubscriptionActions(Topics topics, Delivery delivery, boolean alwaysConfirm) {
        this.topics = topics;
        this.delivery = delivery;
        this.alwaysConfirm = alwaysConfirm;
    }

    Consumer<XmlWriter> subscribe(Query query, Caller caller) {
        Topic topic = topics.require(query.require("TopicArn"));
        TopicActions.authorize(topic, caller, "Subscribe");
        Subscription subscription =
                subscribe(
                        topic,
                        caller.credential().accountId(),
                        query.require("Protocol"),
                        query.require("Endpoint"),
                        TopicActions.entries(query, "Attributes.entry"));
        boolean arn =
                subscription.confirmed()
                        || query.get("ReturnSubscriptionArn").orElse("").equals("true");
        return xml -> xml.text("SubscriptionArn", arn ? subscription.arn() : PENDING);
    }

    Subscription subscribe(
            Topic topic,
            String account,
            String protocol,
            String endpoint,
            Map<String, String> attributes) {
        checkEndpoint(protocol, endpoint);
        check(attributes);
        boolean own = protocol.equals("sqs") && endpoint.split(":", 6)[4].equals(account);
        Subscription subscription =
                topics.subscribe(
                        topic, protocol, endpoint, account, attributes, alwaysConfirm || !own);
        if (!subscription.confirmed() && subscription.token() != null) {
            delivery.confirm(subscription, subscription.token());
        }
        return subscription;
    }

    Consumer<XmlWriter> confirm(Query query) {
        Topic topic = topics.require(query.require("TopicArn"));
        Subscription confirmed = topics.confirm(topic.arn(), query.require("Token"));
        return xml -> xml.text("SubscriptionArn", confirmed.arn());
    }

    Consumer<XmlWriter> unsubscribe(Query query, Optional<Caller> caller) {
        Subscription subscription = topics.subscription(query.require("SubscriptionArn"));
        caller.ifPresent(known -> authorize(subscription, known, "Unsubscribe"));
        topics.unsubscribe(subscription.arn());
        return xml -> {};
    }

    Consumer<XmlWriter> list(Query query, Caller caller) {
        List<Subscription> found =
                topics.subscriptions().stream()
                        .filter(one -> caller.credential() instanceof AccountKey)
                        .filter(one -> one.owner().equals(caller.credential().accountId()))
                        .toList();
        return TopicActions.page(query, "Subscriptions", found, SubscriptionActions::write);
    }

    Consumer<XmlWriter> listByTopic(Query query, Caller caller) {
        Topic topic = topics.require(query.require("TopicArn"));
        TopicActions.authorize(topic, caller, "ListSubscriptionsByTopic");
        return TopicActions.page(
                query, "Subscriptions", topics.of(topic.arn()), SubscriptionActions::write);
    }

    Consumer<XmlWriter> getAttributes(Query query, Caller caller) {
        Subscription subscription = topics.subscription(query.require("SubscriptionArn"));
        authorize(subscription, caller, "GetSubscriptionAttributes");
        Map<String, String> attributes = new TreeMap<>(subscription.attributes());
        attributes.putIfAbsent("RawMessageDelivery", "false");
        attributes.put("SubscriptionArn", subscription.arn());
        attributes.put("TopicArn", subscription.topicArn());
        attributes.put("Protocol", subscription.protocol());
        attributes.put("Endpoint", subscription.endpoint());
        attributes.put("Owner", subscription.owner());
        attributes.put("PendingConfirmation", String.valueOf(!subscription.confirmed()));
        attributes.put("ConfirmationWasAuthenticated", String.valueOf(subscription.confirmed()));
        return xml ->
                xml.element("Attributes", list -> TopicActions.writeEntries(list, attributes));
    }

    Consumer<XmlWriter> setAttributes(Query query, Caller caller) {
        Subscription subscription = topics.subscription(query.require("SubscriptionArn"));
        authorize(subscription, caller, "SetSubscriptionAttributes");
        String name = query.require("AttributeName");
        String value = query.get("AttributeValue").orElse("");
        Subscription changed = subscription.withAttribute(name, value);
        check(changed.attributes());
        topics.put(changed);
        return xml -> {};
    }

    private void authorize(Subscription subscription, Caller caller, String action) {
        if (caller.credential() instanceof AccountKey key
                && key.accountId().equals(subscription.owner())) {
            return;
        }
        TopicActions.authorize(topics.require(subscription.topicArn()), caller, action);
    }

    private static void checkEndpoint(String protocol, String endpoint) {
        boolean right =
                switch (protocol) {
                    case "sqs" -> endpoint.matches("arn:aws:sqs:[^:]+:\\d{12}:[^:]+");
                    case "http", "https" -> endpoint.startsWith(protocol + "://");
                    default ->
                            throw new AwsError(
                                    400,
                                    "InvalidParameter",
                                    "Invalid parameter: Protocol Reason: "
                                            + protocol
                                            + " is not one of sqs, http, https");
                };
        if (!right) {
            throw new AwsError(
                    400,
                    "InvalidParameter",
                    "Invalid parameter: Endpoint Reason: " + endpoint + " is not for " + protocol);
        }
    }

    private static void check(Map<String, String> attributes) {
        attributes.forEach(SubscriptionActions::check);
        String policy = attributes.getOrDefault("FilterPolicy", "");
        if (!policy.isEmpty()) {
            FilterPolicy.parse(
                    policy,
                    FilterPolicy.Scope.valueOf(
                            attributes.getOrDefault("FilterPolicyScope", "MessageAttributes")));
        }
    }

    private static void check(String name, String value) {
        if (!SETTABLE.contains(name)) {
            throw invalid("AttributeName", name + " is not one of " + SETTABLE);
        }
        if (name.equals("RawMessageDelivery") && !value.matches("true|false")) {
            throw invalid(name, value + " is neither true nor false");
        }
        if (name.equals("FilterPolicyScope") && !value.matches("MessageAttributes|MessageBody")) {
            throw invalid(name, value + " is neither MessageAttributes nor MessageBody");
        }
    }

    private static AwsError invalid(String parameter, String reason) {
        return new AwsError(
                400, "InvalidParameter", "Invalid parameter: " + parameter + " Reason: " + reason);
    }

    private static void write(XmlWriter xml, Subscription subscription) {
        xml.element(
                "member",
                member ->
                        member.text("TopicArn", subscription.topicArn())
                                .text("Protocol", subscription.protocol())
                                .text(
                                        "SubscriptionArn",
                                        subscription.confirmed()
                                                ? subscription.arn()
                                                : "PendingConfirmation")
                                .text("Owner", subscription.owner())
                                .text("Endpoint", subscription.endpoint()));
    }
}
