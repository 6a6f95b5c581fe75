package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CARACAL_KEY;
import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Subscriptions that hold once the endpoint has confirmed them. */
class SnsConfirmationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static TestCloud cloud;
    private static SnsClient sns;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start();
        sns = cloud.sns(CARACAL_KEY);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void aQueueOfAnotherAccountMustConfirm() throws IOException {
        String queue = cloud.queue("foreign");
        SnsClient customer = cloud.sns(CUSTOMER_KEY);
        String topic = customer.createTopic(c -> c.name("foreign")).topicArn();
        assertThat(
                        customer.subscribe(
                                        s ->
                                                s.topicArn(topic)
                                                        .protocol("sqs")
                                                        .endpoint(cloud.arn(queue)))
                                .subscriptionArn())
                .isEqualTo("pending confirmation");
        assertThat(customer.listSubscriptionsByTopic(l -> l.topicArn(topic)).subscriptions())
                .extracting(Subscription::subscriptionArn)
                .containsExactly("PendingConfirmation");
        JsonNode confirmation = JSON.readTree(cloud.receive(queue, 1).get(0).body());
        assertThat(confirmation.path("Type").asText()).isEqualTo("SubscriptionConfirmation");
        assertThat(confirmation.path("TopicArn").asText()).isEqualTo(topic);
        assertThat(confirmation.path("SubscribeURL").asText())
                .startsWith(cloud.aws().endpoints().sns().toString());

        customer.publish(p -> p.topicArn(topic).message("too early"));
        String token = confirmation.path("Token").asText();
        String arn = sns.confirmSubscription(c -> c.topicArn(topic).token(token)).subscriptionArn();
        assertThat(sns.confirmSubscription(c -> c.topicArn(topic).token(token)).subscriptionArn())
                .isEqualTo(arn);
        customer.publish(p -> p.topicArn(topic).message("in time"));
        assertThat(JSON.readTree(cloud.receive(queue, 1).get(0).body()).path("Message").asText())
                .isEqualTo("in time");
        assertThat(customer.getSubscriptionAttributes(g -> g.subscriptionArn(arn)).attributes())
                .containsEntry("PendingConfirmation", "false");
    }

    @Test
    void aQueueOfTheSameAccountMustConfirmWhereThatIsAsked() throws IOException {
        String config =
                TestCloud.CONFIG.replaceFirst("\\{", "{\"alwaysConfirmSubscriptions\": true, ");
        try (TestCloud strict = TestCloud.start(config, InstantSource.system())) {
            String queue = strict.queue("own");
            SnsClient client = strict.sns(CARACAL_KEY);
            String topic = client.createTopic(c -> c.name("own")).topicArn();
            String arn = strict.arn(queue);
            client.subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint(arn));
            assertThat(strict.receive(queue, 1).get(0).body()).contains("SubscriptionConfirmation");
        }
    }

    @Test
    void anHttpEndpointConfirmsByTheUrlAndReceives() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer endpoint =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext(
                "/",
                exchange -> {
                    String type = exchange.getRequestHeaders().getFirst("x-amz-sns-message-type");
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    received.add(type + " " + body);
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        endpoint.start();
        try {
            String topic = topic("web");
            String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook";
            sns.subscribe(s -> s.topicArn(topic).protocol("http").endpoint(url));
            String confirmation = received.poll(60, TimeUnit.SECONDS);
            assertThat(confirmation).startsWith("SubscriptionConfirmation {");
            String subscribeUrl =
                    JSON.readTree(confirmation.substring(confirmation.indexOf('{')))
                            .path("SubscribeURL")
                            .asText();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(subscribeUrl)).build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("<SubscriptionArn>" + topic + ":");
            sns.publish(p -> p.topicArn(topic).message("by HTTP"));
            assertThat(received.poll(60, TimeUnit.SECONDS))
                    .startsWith("Notification {")
                    .contains("by HTTP");
        } finally {
            endpoint.stop(0);
        }
    }

    private static String topic(String name) {
        return sns.createTopic(c -> c.name(name)).topicArn();
    }
}
