package dev.caracal.localaws.sns;

import dev.caracal.localaws.StateFile;
import dev.caracal.localaws.faults.Counters;
import dev.caracal.localaws.faults.Fault;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.Query;
import dev.caracal.localaws.http.QueryServer;
import dev.caracal.localaws.http.QueryServer.Caller;
import dev.caracal.localaws.http.XmlWriter;
import dev.caracal.localaws.sqs.SqsClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * SNS with standard topics: the calls of its query protocol, each given to {@link TopicActions},
 * {@link SubscriptionActions} or {@link PublishActions}. FIFO topics, tags, SMS, e-mail and
 * platform endpoints are not known.
 *
 * <p>The owner of a topic may do everything with it, another account what the topic's policy
 * allows. Role sessions have no rights here. ConfirmSubscription and Unsubscribe also work without
 * a signature, as their URLs in the messages do.
 */
public final class Sns implements QueryServer.Service, AutoCloseable {
    private final Topics topics;
    private final Delivery delivery;
    private final TopicActions topicActions;
    private final SubscriptionActions subscriptionActions;
    private final PublishActions publishActions;
    private final Faults faults;
    private final Counters counters;

    /**
     * @param endpoint where the server can be reached, for the URLs in the messages
     * @param alwaysConfirm whether every subscription must be confirmed, also within one account
     */
    public Sns(
            URI endpoint,
            StateFile state,
            HttpClient http,
            SqsClient sqs,
            boolean alwaysConfirm,
            Faults faults,
            Counters counters) {
        this.faults = faults;
        this.counters = counters;
        topics = new Topics(state);
        delivery = new Delivery(http, sqs, new Envelope(endpoint, InstantSource.system()));
        topicActions = new TopicActions(topics);
        subscriptionActions = new SubscriptionActions(topics, delivery, alwaysConfirm);
        publishActions = new PublishActions(topics, delivery);
    }

    @Override
    public String namespace() {
        return "http://sns.amazonaws.com/doc/2010-03-31/";
    }

    @Override
    public Consumer<XmlWriter> answer(Query query, Optional<Caller> anyone) {
        counters.count("sns", query.action());
        if (faults.strike(Fault.Kind.SNS_REFUSAL).isPresent()) {
            throw new AwsError(500, "InternalError", "Refused by a fault that is switched on.");
        }
        if (query.action().equals("ConfirmSubscription")) {
            return subscriptionActions.confirm(query);
        }
        if (query.action().equals("Unsubscribe")) {
            return subscriptionActions.unsubscribe(query, anyone);
        }
        Caller caller =
                anyone.orElseThrow(
                        () ->
                                new AwsError(
                                        403,
                                        "MissingAuthenticationToken",
                                        "Request is missing Authentication Token"));
        return switch (query.action()) {
            case "CreateTopic" -> topicActions.create(query, caller);
            case "DeleteTopic" -> topicActions.delete(query, caller);
            case "ListTopics" -> topicActions.list(query, caller);
            case "GetTopicAttributes" -> topicActions.getAttributes(query, caller);
            case "SetTopicAttributes" -> topicActions.setAttributes(query, caller);
            case "Subscribe" -> subscriptionActions.subscribe(query, caller);
            case "ListSubscriptions" -> subscriptionActions.list(query, caller);
            case "ListSubscriptionsByTopic" -> subscriptionActions.listByTopic(query, caller);
            case "GetSubscriptionAttributes" -> subscriptionActions.getAttributes(query, caller);
            case "SetSubscriptionAttributes" -> subscriptionActions.setAttributes(query, caller);
            case "Publish" -> publishActions.publish(query, caller);
            case "PublishBatch" -> publishActions.publishBatch(query, caller);
            default ->
                    throw new AwsError(
                            400,
                            "InvalidAction",
                            "The action " + query.action() + " is not valid for this endpoint.");
        };
    }

    /** Makes sure that a topic is there and that some accounts may subscribe to it. */
    public String ensureTopic(
            String account, String region, String name, List<String> subscribers) {
        Topic topic = topics.create(region, account, name);
        if (!subscribers.isEmpty()) {
            topics.put(
                    topic.withAttribute(
                            "Policy", TopicPolicy.subscribers(topic.arn(), subscribers)));
        }
        return topic.arn();
    }

    /** Makes sure that an endpoint is subscribed as if an account had done it. */
    public void ensureSubscription(
            String topicArn,
            String account,
            String protocol,
            String endpoint,
            Map<String, String> attributes) {
        subscriptionActions.subscribe(
                topics.require(topicArn), account, protocol, endpoint, attributes);
    }

    public boolean hasTopic(String arn) {
        return topics.find(arn).isPresent();
    }

    /** Publishes on behalf of S3. */
    public void publish(String topicArn, String subject, String message) {
        publishActions.deliver(
                topicArn, Publication.of(subject, Map.of("default", message), Map.of()));
    }

    @Override
    public void close() {
        delivery.close();
    }
}
