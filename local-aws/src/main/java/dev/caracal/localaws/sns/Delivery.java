package dev.caracal.localaws.sns;

import dev.caracal.localaws.sqs.SqsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages to the endpoints of subscriptions, on threads of its own. An endpoint that fails
 * gets three more attempts, 500 ms apart; then the message is given up with a line in the log, as
 * there are no dead-letter queues here.
 */
final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int ATTEMPTS = 4;
    private static final int PAUSE_MILLISECONDS = 500;

    /** SQS takes no more attributes; AWS discards a raw message that has more. */
    private static final int SQS_ATTRIBUTES = 10;

    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(
                    4,
                    task -> {
                        Thread thread = new Thread(task, "sns-delivery");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final HttpClient http;
    private final SqsClient sqs;
    private final Envelope envelope;

    /** One call to an endpoint. */
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    Delivery(HttpClient http, SqsClient sqs, Envelope envelope) {
        this.http = http;
        this.sqs = sqs;
        this.envelope = envelope;
    }

    void deliver(Subscription subscription, Publication publication) {
        if (!wants(subscription, publication)) {
            return;
        }
        String body =
                subscription.raw()
                        ? publication.body(subscription.protocol())
                        : envelope.notification(subscription, publication);
        Map<String, SqsClient.Attribute> attributes = new HashMap<>();
        if (subscription.raw()) {
            publication
                    .attributes()
                    .forEach(
                            (name, value) ->
                                    attributes.put(
                                            name,
                                            new SqsClient.Attribute(value.type(), value.value())));
        }
        if (attributes.size() > SQS_ATTRIBUTES) {
            LOG.warn(
                    "message {} has more than {} attributes and is not delivered to {}",
                    publication.messageId(),
                    SQS_ATTRIBUTES,
                    subscription);
            return;
        }
        String messageId = publication.messageId();
        submit(subscription, () -> send(subscription, "Notification", messageId, body, attributes));
    }

    void confirm(Subscription subscription, String token) {
        String body = envelope.confirmation(subscription, token);
        String messageId = UUID.randomUUID().toString();
        submit(
                subscription,
                () -> send(subscription, "SubscriptionConfirmation", messageId, body, Map.of()));
    }

    /** Lets what is under way finish, for up to five seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("some messages were not delivered before the end");
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean wants(Subscription subscription, Publication publication) {
        return subscription.filterPolicy().isEmpty()
                || FilterPolicy.parse(subscription.filterPolicy(), subscription.filterPolicyScope())
                        .accepts(publication, publication.body(subscription.protocol()));
    }

    private void submit(Subscription subscription, Attempt attempt) {
        threads.execute(() -> attempt(subscription, attempt, ATTEMPTS));
    }

    private void attempt(Subscription subscription, Attempt attempt, int left) {
        try {
            attempt.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (left == 1 || threads.isShutdown()) {
                LOG.warn("{} is not reached: {}", subscription, e.getMessage());
                return;
            }
            var unused =
                    threads.schedule(
                            () -> attempt(subscription, attempt, left - 1),
                            PAUSE_MILLISECONDS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void send(
            Subscription subscription,
            String type,
            String messageId,
            String body,
            Map<String, SqsClient.Attribute> attributes)
            throws IOException, InterruptedException {
        if (subscription.protocol().equals("sqs")) {
            sqs.send(subscription.endpoint(), body, attributes);
            return;
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(subscription.endpoint()))
                        .timeout(Duration.ofSeconds(15))
                        .header("Content-Type", "text/plain; charset=UTF-8")
                        .header("x-amz-sns-message-type", type)
                        .header("x-amz-sns-message-id", messageId)
                        .header("x-amz-sns-topic-arn", subscription.topicArn())
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (type.equals("Notification")) {
            request.header("x-amz-sns-subscription-arn", subscription.arn());
            if (subscription.raw()) {
                request.header("x-amz-sns-rawdelivery", "true");
            }
        }
        HttpResponse<Void> response =
                http.send(request.build(), HttpResponse.BodyHandlers.discarding());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode());
        }
    }
}
