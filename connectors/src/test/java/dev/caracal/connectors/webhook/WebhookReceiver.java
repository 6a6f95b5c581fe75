package dev.caracal.connectors.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that takes requests, after failing those it is told to fail. */
final class WebhookReceiver implements AutoCloseable {

    /** What it does to one request. */
    sealed interface Answer {}

    record Status(int status, Map<String, String> headers, String body) implements Answer {

        Status(int status) {
            this(status, Map.of(), "");
        }
    }

    /** No answer until the receiver is closed. */
    record Hang() implements Answer {}

    /** The connection is closed without an answer. */
    record Close() implements Answer {}

    /** A request as it came. */
    record Received(String method, String path, Map<String, String> headers, String body) {

        String key() {
            return headers.getOrDefault("Idempotency-key", "");
        }
    }

    /** All requests that came, in order. */
    final Queue<Received> received = new ConcurrentLinkedQueue<>();

    /** Keys of the requests that were answered by 200. */
    final Queue<String> taken = new ConcurrentLinkedQueue<>();

    private final Map<String, Queue<Answer>> answersByKey = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The first requests with this idempotency key are answered so; later ones by 200. */
    void answer(String key, Answer... answers) {
        answersByKey.put(key, new ArrayDeque<>(Arrays.asList(answers)));
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        Received request =
                new Received(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers,
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        received.add(request);
        Answer answer = answersByKey.getOrDefault(request.key(), new ArrayDeque<>()).poll();
        if (answer instanceof Hang) {
            awaitClose();
        }
        if (answer instanceof Status status) {
            byte[] body = status.body().getBytes(StandardCharsets.UTF_8);
            status.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        if (answer == null) {
            taken.add(request.key());
            exchange.sendResponseHeaders(200, -1);
        }
        exchange.close();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
