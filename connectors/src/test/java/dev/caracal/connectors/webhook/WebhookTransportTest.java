package dev.caracal.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.delivery.Outcome;
import dev.caracal.connectors.delivery.Outcome.Delivered;
import dev.caracal.connectors.delivery.Outcome.GiveUp;
import dev.caracal.connectors.delivery.Outcome.TryAgain;
import dev.caracal.connectors.webhook.WebhookReceiver.Answer;
import dev.caracal.connectors.webhook.WebhookReceiver.Close;
import dev.caracal.connectors.webhook.WebhookReceiver.Hang;
import dev.caracal.connectors.webhook.WebhookReceiver.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTransportTest {

    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void aRequestIsFilledInFromItsTemplates() {
        WebhookDelivery delivery =
                new WebhookDelivery(
                        "hook",
                        "alert-1",
                        "PUT",
                        receiver.url("/{{destination.room}}?v=1"),
                        Map.of("X-Room", "{{destination.room}}"),
                        "{\"text\": \"{{title}}\", \"room\": \"{{destination.room}}\"}",
                        Map.of("room", "ops"),
                        "{\"title\": \"ä\"}");

        assertThat(send(delivery)).isEqualTo(new Delivered());

        WebhookReceiver.Received request = receiver.received.remove();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.path()).isEqualTo("/ops?v=1");
        assertThat(request.body()).isEqualTo("{\"text\":\"ä\",\"room\":\"ops\"}");
        assertThat(request.key()).isEqualTo("alert-1");
        assertThat(request.headers())
                .containsEntry("X-room", "ops")
                .containsEntry("Content-type", "application/json");
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(new Status(204), new Delivered()),
                Arguments.of(new Status(429), new TryAgain("throttled", "Answered 429")),
                Arguments.of(
                        new Status(429, Map.of("Retry-After", "7"), ""),
                        new TryAgain("throttled", "Answered 429", Duration.ofSeconds(7))),
                Arguments.of(
                        new Status(503, Map.of("Retry-After", "soon"), ""),
                        new TryAgain("server-error", "Answered 503")),
                Arguments.of(new Status(500), new TryAgain("server-error", "Answered 500")),
                Arguments.of(
                        new Status(400, Map.of(), "invalid\n blocks"),
                        new GiveUp("refused", "Answered 400: invalid blocks")),
                Arguments.of(new Status(404), new GiveUp("refused", "Answered 404")),
                Arguments.of(new Hang(), new TryAgain("timed-out", "No answer within PT0.5S")),
                Arguments.of(
                        new Close(),
                        new TryAgain(
                                "unreachable",
                                "No connection, or it broke: NoHttpResponseException")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theAnswerDecides(Answer answer, Outcome expected) {
        receiver.answer("k", answer);

        String timeout = answer instanceof Hang ? "500 ms" : "1 min";
        assertThat(send(delivery(receiver.url("/")), timeout)).isEqualTo(expected);
        assertThat(receiver.received).hasSizeLessThan(2);
    }

    @Test
    void aRedirectIsNotFollowed() {
        receiver.answer("k", new Status(307, Map.of("Location", receiver.url("/elsewhere")), ""));

        assertThat(send(delivery(receiver.url("/"))))
                .isEqualTo(new GiveUp("redirected", "Answered 307, redirects are not followed"));
        assertThat(receiver.received).extracting(WebhookReceiver.Received::path).containsOnly("/");
    }

    @Test
    void aLongAnswerIsNotReadToItsEnd() {
        receiver.answer("k", new Status(400, Map.of(), "x".repeat(10_000_000)));

        assertThat(send(delivery(receiver.url("/"))))
                .isInstanceOfSatisfying(
                        GiveUp.class, outcome -> assertThat(outcome.detail()).hasSizeLessThan(250));
    }

    @Test
    void aPrivateAddressIsRefusedUnlessAllowed() {
        Outcome outcome;
        try (var transport = transport(Map.of("webhook.allow-http", "true"))) {
            outcome = transport.send(delivery(receiver.url("/")));
        }

        assertThat(outcome)
                .isEqualTo(
                        new GiveUp(
                                "address-not-allowed",
                                "Not sent: the address 127.0.0.1 is not public"));
        assertThat(receiver.received).isEmpty();
    }

    @Test
    void onlyHttpsIsAllowedByDefault() {
        Outcome outcome;
        try (var transport = transport(Map.of("webhook.allowed-networks", "127.0.0.0/8"))) {
            outcome = transport.send(delivery(receiver.url("/")));
        }

        assertThat(outcome)
                .isEqualTo(
                        new GiveUp(
                                "wrong-request",
                                "Cannot be sent: the URL does not begin with https://"));
        assertThat(receiver.received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:pa55@example.com/",
                "https:///path",
                "ftp://example.com/",
                "https://exa mple.com/",
                "not a url",
            })
    void aUrlThatIsWrongIsRefusedWithoutBeingShown(String url) {
        assertThat(send(delivery(url)))
                .isInstanceOfSatisfying(
                        GiveUp.class,
                        outcome -> {
                            assertThat(outcome.reason()).isEqualTo("wrong-request");
                            assertThat(outcome.detail()).doesNotContain(url, "pa55", "mple.com");
                        });
    }

    @Test
    void aHeaderTakesNoLineBreak() {
        WebhookDelivery delivery =
                new WebhookDelivery(
                        "hook",
                        "k",
                        "POST",
                        receiver.url("/"),
                        Map.of("X-Room", "{{destination.room}}"),
                        "{}",
                        Map.of("room", "a\r\nX-Evil: 1"),
                        "{}");

        assertThat(send(delivery))
                .isEqualTo(
                        new GiveUp(
                                "wrong-request",
                                "Cannot be sent: the header X-Room is not of printable ASCII"
                                        + " characters"));
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        WebhookDelivery delivery =
                new WebhookDelivery(
                        "hook",
                        "k",
                        "POST",
                        "{{destination.url}}",
                        Map.of(),
                        "{}",
                        Map.of("url", "${env:CARACAL_SECRET_NOT_SET}"),
                        "{}");

        assertThat(List.of(send(delivery)))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(GiveUp.class))
                .extracting(GiveUp::reason, GiveUp::detail)
                .containsExactly(
                        tuple("no-secret", "Secret ${env:CARACAL_SECRET_NOT_SET} is not set"));
    }

    private static WebhookDelivery delivery(String url) {
        return new WebhookDelivery("hook", "k", "POST", url, Map.of(), "{}", Map.of(), "{}");
    }

    private static Outcome send(WebhookDelivery delivery) {
        return send(delivery, "1 min");
    }

    private static Outcome send(WebhookDelivery delivery, String timeout) {
        try (var transport =
                transport(
                        Map.of(
                                "webhook.allow-http", "true",
                                "webhook.allowed-networks", "127.0.0.0/8",
                                "webhook.timeout", timeout))) {
            return transport.send(delivery);
        }
    }

    private static dev.caracal.connectors.delivery.Transport<WebhookDelivery> transport(
            Map<String, String> options) {
        return WebhookTransport.factory(
                        Configuration.fromMap(options), new AwsSettings("us-east-1", Map.of()))
                .open();
    }
}
