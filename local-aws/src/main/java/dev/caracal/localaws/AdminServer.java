package dev.caracal.localaws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caracal.localaws.faults.Counters;
import dev.caracal.localaws.faults.Fault;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.http.QueryServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The controls for tests, in JSON.
 *
 * <ul>
 *   <li>{@code /faults}: GET lists the {@link Fault}s that are switched on, POST adds one, PUT puts
 *       a list in the place of all, DELETE clears them
 *   <li>{@code /counters}: GET shows the requests by service and operation, DELETE begins anew
 * </ul>
 *
 * <p>Each answers with the state after it; bad input is answered with 400 and {@code {"error": …}}.
 */
final class AdminServer implements AutoCloseable {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final HttpServer server;
    private final Faults faults;
    private final Counters counters;

    /** Answers one request with what is to be shown. */
    private interface Resource {
        Object answer(String method, byte[] body) throws JsonProcessingException;
    }

    AdminServer(int port, Faults faults, Counters counters) throws IOException {
        this.faults = faults;
        this.counters = counters;
        server = QueryServer.listen("admin", port);
        server.createContext("/faults", exchange -> answer(exchange, this::faults));
        server.createContext("/counters", exchange -> answer(exchange, this::counters));
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Object faults(String method, byte[] body) throws JsonProcessingException {
        switch (method) {
            case "GET" -> {}
            case "POST" -> faults.add(JSON.convertValue(tree(body), Fault.class));
            case "PUT" ->
                    faults.replace(
                            JSON.convertValue(tree(body), new TypeReference<List<Fault>>() {}));
            case "DELETE" -> faults.clear();
            default -> throw unknown(method);
        }
        return faults.all();
    }

    private Object counters(String method, byte[] body) {
        switch (method) {
            case "GET" -> {}
            case "DELETE" -> counters.reset();
            default -> throw unknown(method);
        }
        return counters.all();
    }

    private static Object tree(byte[] body) throws JsonProcessingException {
        return JSON.readTree(new String(body, java.nio.charset.StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException unknown(String method) {
        return new IllegalArgumentException(method + " is not known here");
    }

    private static void answer(HttpExchange exchange, Resource resource) throws IOException {
        try (exchange) {
            int status = 200;
            Object answer;
            try (InputStream in = exchange.getRequestBody()) {
                answer = resource.answer(exchange.getRequestMethod(), in.readAllBytes());
            } catch (JsonProcessingException | IllegalArgumentException e) {
                status = 400;
                answer = Map.of("error", String.valueOf(e.getMessage()));
            }
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
