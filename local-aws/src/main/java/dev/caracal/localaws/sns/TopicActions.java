package dev.caracal.localaws.sns;

import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.Query;
import dev.caracal.localaws.http.QueryServer.Caller;
import dev.caracal.localaws.http.XmlWriter;
import dev.caracal.localaws.identity.Credential.AccountKey;
import dev.caracal.localaws.identity.Credential.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The calls about topics. */
final class TopicActions {
    private static final Set<String> SETTABLE = Set.of("DisplayName", "Policy");

    /** What a role may do with a topic that it sets up; looking at it is not among this. */
    private static final Set<String> ROLE_ACTIONS =
            Set.of("SetTopicAttributes", "Subscribe", "DeleteTopic");

    /** AWS's page size of lists. */
    private static final int PAGE = 100;

    private final Topics topics;

    TopicActions(Topics topics) {
        this.topics = topics;
    }

    Consumer<XmlWriter> create(Query query, Caller caller) {
        String name = query.require("Name");
        if (name.endsWith(".fifo")) {
            throw new AwsError(
                    400, "InvalidParameter", "Invalid parameter: FIFO is not known here");
        }
        String account = caller.credential().accountId();
        String wanted = Topic.arn(caller.region(), account, name);
        if (!(caller.credential() instanceof AccountKey) && !managedByRole(wanted, caller)) {
            throw notAuthorized(caller, "CreateTopic", wanted);
        }
        Map<String, String> attributes = entries(query, "Attributes.entry");
        attributes.forEach(TopicActions::check);
        Topic topic = topics.create(caller.region(), account, name);
        for (Map.Entry<String, String> entry : attributes.entrySet()) {
            topic = topic.withAttribute(entry.getKey(), entry.getValue());
        }
        topics.put(topic);
        String arn = topic.arn();
        return xml -> xml.text("TopicArn", arn);
    }

    Consumer<XmlWriter> delete(Query query, Caller caller) {
        String arn = query.require("TopicArn");
        topics.find(arn)
                .ifPresent(
                        topic -> {
                            authorize(topic, caller, "DeleteTopic");
                            topics.delete(arn);
                        });
        return xml -> {};
    }

    Consumer<XmlWriter> list(Query query, Caller caller) {
        String mine = Topic.arn(caller.region(), caller.credential().accountId(), "");
        List<Topic> found =
                caller.credential() instanceof AccountKey
                        ? topics.all().stream().filter(t -> t.arn().startsWith(mine)).toList()
                        : List.of();
        return page(
                query,
                "Topics",
                found,
                (xml, topic) -> xml.element("member", m -> m.text("TopicArn", topic.arn())));
    }

    Consumer<XmlWriter> getAttributes(Query query, Caller caller) {
        Topic topic = topics.require(query.require("TopicArn"));
        authorize(topic, caller, "GetTopicAttributes");
        long pending = topics.of(topic.arn()).stream().filter(one -> !one.confirmed()).count();
        Map<String, String> attributes = new TreeMap<>(topic.attributes());
        attributes.putIfAbsent("DisplayName", "");
        attributes.put("TopicArn", topic.arn());
        attributes.put("Owner", topic.owner());
        attributes.put("SubscriptionsPending", String.valueOf(pending));
        attributes.put(
                "SubscriptionsConfirmed", String.valueOf(topics.of(topic.arn()).size() - pending));
        attributes.put("SubscriptionsDeleted", "0");
        return xml -> xml.element("Attributes", list -> writeEntries(list, attributes));
    }

    Consumer<XmlWriter> setAttributes(Query query, Caller caller) {
        Topic topic = topics.require(query.require("TopicArn"));
        authorize(topic, caller, "SetTopicAttributes");
        String name = query.require("AttributeName");
        String value = query.get("AttributeValue").orElse("");
        check(name, value);
        topics.put(topic.withAttribute(name, value));
        return xml -> {};
    }

    private static void check(String name, String value) {
        if (!SETTABLE.contains(name)) {
            throw new AwsError(
                    400,
                    "InvalidParameter",
                    "Invalid parameter: AttributeName Reason: "
                            + name
                            + " is not one of "
                            + SETTABLE);
        }
        if (name.equals("Policy")) {
            TopicPolicy.check(value);
        }
    }

    /**
     * Refuses with AuthorizationError who is neither owner of the topic, nor a role that sets it
     * up, nor allowed by its policy.
     */
    static void authorize(Topic topic, Caller caller, String action) {
        if (ROLE_ACTIONS.contains(action) && managedByRole(topic.arn(), caller)) {
            return;
        }
        if (caller.credential() instanceof AccountKey key
                && (key.accountId().equals(topic.owner())
                        || (topic.attributes().containsKey("Policy")
                                && TopicPolicy.allows(
                                        topic.attributes().getOrDefault("Policy", ""),
                                        key.accountId(),
                                        action)))) {
            return;
        }
        throw notAuthorized(caller, action, topic.arn());
    }

    private static boolean managedByRole(String topicArn, Caller caller) {
        return caller.credential() instanceof Session session
                && session.role().managesTopic(topicArn);
    }

    static AwsError notAuthorized(Caller caller, String action, String arn) {
        return new AwsError(
                403,
                "AuthorizationError",
                "User: %s is not authorized to perform: SNS:%s on resource: %s"
                        .formatted(caller.credential().arn(), action, arn));
    }

    static Map<String, String> entries(Query query, String prefix) {
        Map<String, String> entries = new TreeMap<>();
        query.members(prefix)
                .forEach(entry -> entries.put(entry.require("key"), entry.get("value").orElse("")));
        return entries;
    }

    static void writeEntries(XmlWriter xml, Map<String, String> entries) {
        entries.forEach(
                (key, value) ->
                        xml.element("entry", entry -> entry.text("key", key).text("value", value)));
    }

    /** A page of a list; the token of the next page is the index that it begins at. */
    static <T> Consumer<XmlWriter> page(
            Query query, String element, List<T> all, BiConsumer<XmlWriter, T> write) {
        int start;
        try {
            start = query.get("NextToken").map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            throw new AwsError(400, "InvalidParameter", "Invalid parameter: NextToken");
        }
        int end = Math.min(start + PAGE, all.size());
        return xml -> {
            xml.element(
                    element,
                    list ->
                            all.subList(Math.min(start, end), end)
                                    .forEach(one -> write.accept(list, one)));
            if (end < all.size()) {
                xml.text("NextToken", String.valueOf(end));
            }
        };
    }
}
