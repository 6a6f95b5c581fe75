package dev.caracal.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.delivery.DeliveryOperator;
import dev.caracal.connectors.delivery.Transport;
import dev.caracal.connectors.secrets.TestSecrets;
import dev.caracal.connectors.webhook.WebhookReceiver.Close;
import dev.caracal.connectors.webhook.WebhookReceiver.Hang;
import dev.caracal.connectors.webhook.WebhookReceiver.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WebhookDeliveryITCase {

    private static final String SECRET = "tell-nobody-tQ7Z";

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @TempDir private Path savepoints;

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
    void nothingIsLostToAReceiverThatThrottlesFailsHangsAndCloses() throws Exception {
        List<String> keys = keys(60);
        for (int i = 0; i < 60; i++) {
            switch (i % 6) {
                case 0 ->
                        receiver.answer(
                                keys.get(i),
                                new Status(429, Map.of("Retry-After", "1"), ""),
                                new Status(429));
                case 1 -> receiver.answer(keys.get(i), new Status(500), new Status(503));
                case 2 -> receiver.answer(keys.get(i), new Hang());
                case 3 -> receiver.answer(keys.get(i), new Close(), new Close());
                case 4 -> receiver.answer(keys.get(i), new Hang(), new Status(502), new Close());
                default -> {}
            }
        }

        List<DeadLetter> deadLetters = deliver(deliveries(keys), Duration.ofSeconds(2));

        assertThat(receiver.taken).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void whatIsRefusedBecomesADeadLetterAtOnceAndTheOthersArrive() throws Exception {
        List<String> keys = keys(5);
        receiver.answer("key-1", new Status(400, Map.of(), "no such channel"));
        receiver.answer("key-2", new Status(301, Map.of("Location", receiver.url("/x")), ""));

        List<DeadLetter> deadLetters = deliver(deliveries(keys));

        assertThat(receiver.taken).containsExactlyInAnyOrder("key-0", "key-3", "key-4");
        assertThat(receiver.received).hasSize(5);
        assertThat(deadLetters)
                .extracting(DeadLetter::stage, DeadLetter::reason, DeadLetter::detail)
                .containsExactlyInAnyOrder(
                        tuple("deliver", "refused", "Answered 400: no such channel, attempt 1"),
                        tuple(
                                "deliver",
                                "redirected",
                                "Answered 301, redirects are not followed, attempt 1"));
        assertThat(deadLetters)
                .extracting(DeadLetter::text)
                .containsExactlyInAnyOrder("{\"n\":\"key-1\"}", "{\"n\":\"key-2\"}");
        assertThat(deadLetters).extracting(DeadLetter::object).containsOnly("destination hook");
    }

    @Test
    void whatFailsWithoutEndIsGivenUpAfterItsAttempts() throws Exception {
        receiver.answer(
                "key-0",
                IntStream.range(0, 9).mapToObj(i -> new Status(500)).toArray(Status[]::new));

        List<DeadLetter> deadLetters = deliver(deliveries(keys(1)));

        assertThat(receiver.received).hasSize(6);
        assertThat(deadLetters)
                .extracting(DeadLetter::reason, DeadLetter::detail)
                .containsExactly(tuple("server-error", "Answered 500, attempt 6"));
    }

    @Test
    void aSecretIsInTheRequestAndNowhereElse() throws Exception {
        receiver.answer("key-0", new Status(403, Map.of(), "bad token " + SECRET));
        receiver.answer("key-1", new Close(), new Status(500));
        receiver.answer("key-2", new Status(302, Map.of("Location", "/" + SECRET), ""));

        List<DeadLetter> deadLetters;
        List<String> lines;
        try (LogCapture logs = new LogCapture()) {
            deadLetters = deliver(keys(4).stream().map(this::withSecret).toList());
            lines = List.copyOf(logs.lines);
        }

        assertThat(receiver.received)
                .allSatisfy(
                        request -> {
                            assertThat(request.path()).isEqualTo("/hook/" + SECRET);
                            assertThat(request.headers())
                                    .containsEntry("Authorization", "Bearer " + SECRET);
                            assertThat(request.body()).contains(SECRET);
                        });
        assertThat(deadLetters).extracting(DeadLetter::reason).contains("refused", "redirected");
        assertThat(deadLetters.toString()).contains("bad token ***").doesNotContain(SECRET);
        assertThat(lines)
                .anyMatch(line -> line.contains("delivery given up"))
                .noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void whatIsUnderWayAtARestartIsSentAgain() throws Exception {
        List<String> keys = keys(3);
        keys.forEach(key -> receiver.answer(key, new Hang()));
        StreamExecutionEnvironment first = environment(Map.of());
        endless(first, receiver.url("/hook"), 3);
        JobClient job = first.executeAsync();
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                receiver.received.stream()
                                        .map(WebhookReceiver.Received::key)
                                        .toList()
                                        .containsAll(keys));
        String savepoint =
                job.triggerSavepoint(savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
        job.cancel().get();
        receiver.taken.clear();

        StreamExecutionEnvironment second =
                environment(Map.of("execution.state-recovery.path", savepoint));
        endless(second, receiver.url("/hook"), 0);
        JobClient restored = second.executeAsync();

        await().atMost(Duration.ofMinutes(1)).until(() -> receiver.taken.containsAll(keys));
        restored.cancel().get();
    }

    /** The deliveries, from a source that does not end; dead letters go nowhere. */
    private static void endless(StreamExecutionEnvironment env, String url, int count) {
        var input =
                env.fromSource(
                                new NumberSequenceSource(0, Long.MAX_VALUE),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .uid("numbers")
                        .filter(number -> number < count)
                        .uid("first")
                        .map(number -> delivery(url, "key-" + number))
                        .returns(TypeInformation.of(WebhookDelivery.class))
                        .uid("deliveries");
        apply(input, Duration.ofMinutes(1)).sinkTo(new DiscardingSink<>()).uid("dead-letters");
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
    }

    private List<WebhookDelivery> deliveries(List<String> keys) {
        return keys.stream().map(key -> delivery(receiver.url("/hook"), key)).toList();
    }

    private static WebhookDelivery delivery(String url, String key) {
        return new WebhookDelivery(
                "hook",
                key,
                "POST",
                url,
                Map.of(),
                "{\"n\": \"{{n}}\"}",
                Map.of(),
                "{\"n\":\"" + key + "\"}");
    }

    private WebhookDelivery withSecret(String key) {
        return new WebhookDelivery(
                "hook",
                key,
                "POST",
                receiver.url("/hook/{{destination.secret}}"),
                Map.of("Authorization", "Bearer {{destination.secret}}"),
                "{\"n\": \"{{n}}\", \"token\": \"{{destination.secret}}\"}",
                Map.of("secret", "${env:CARACAL_SECRET_TEST}"),
                "{\"n\":\"" + key + "\"}");
    }

    private static List<DeadLetter> deliver(List<WebhookDelivery> deliveries) throws Exception {
        return deliver(deliveries, Duration.ofMinutes(1));
    }

    private static List<DeadLetter> deliver(List<WebhookDelivery> deliveries, Duration timeout)
            throws Exception {
        StreamExecutionEnvironment env = environment(Map.of());
        var input = env.fromData(deliveries, TypeInformation.of(WebhookDelivery.class));
        List<DeadLetter> deadLetters = new ArrayList<>();
        try (CloseableIterator<DeadLetter> results = apply(input, timeout).executeAndCollect()) {
            results.forEachRemaining(deadLetters::add);
        }
        return deadLetters;
    }

    private static SingleOutputStreamOperator<DeadLetter> apply(
            DataStream<WebhookDelivery> input, Duration timeout) {
        Map<String, String> options = new HashMap<>();
        options.put("delivery.max-attempts", "6");
        options.put("delivery.retry-delay", "10 ms");
        options.put("delivery.max-retry-delay", "200 ms");
        options.put("delivery.per-destination", "16");
        Configuration configuration = Configuration.fromMap(options);
        return DeliveryOperator.apply(input, transport(timeout), configuration)
                .name("WebhookDelivery")
                .uid("webhook-delivery");
    }

    private static Transport.Factory<WebhookDelivery> transport(Duration timeout) {
        return () ->
                new WebhookTransport(
                        TestSecrets.of(Map.of("CARACAL_SECRET_TEST", SECRET)),
                        timeout,
                        List.of(Network.parse("127.0.0.0/8")),
                        true);
    }

    private static StreamExecutionEnvironment environment(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("pipeline.generic-types", "false");
        options.put("pipeline.object-reuse", "true");
        options.put("restart-strategy.type", "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(options));
        env.setParallelism(1);
        return env;
    }
}
