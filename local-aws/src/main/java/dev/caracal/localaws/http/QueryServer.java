package dev.caracal.localaws.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caracal.localaws.identity.Credential;
import dev.caracal.localaws.identity.Identities;
import dev.caracal.localaws.identity.SignatureV4;
import dev.caracal.localaws.identity.SignedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of AWS's query protocol on loopback: a form in, XML out, signatures checked.
 *
 * <p>Calls without a signature reach the service as anonymous; it decides which of them it answers.
 */
public final class QueryServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);

    /**
     * Who signed a call.
     *
     * @param region the region that the signature names, which is the one that is asked
     */
    public record Caller(Credential credential, String region) {}

    /** The service behind the protocol. */
    public interface Service {
        /** The XML namespace of its answers. */
        String namespace();

        /**
         * Answers a call with the content of its {@code <ActionResult>} element.
         *
         * @param caller empty where the call is not signed
         * @throws AwsError where it is refused
         */
        Consumer<XmlWriter> answer(Query query, Optional<Caller> caller);
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Identities identities;

    public QueryServer(String name, int port, Identities identities) throws IOException {
        this.identities = identities;
        server = listen(name, port);
        threads = Executors.newFixedThreadPool(8, task -> daemon(task, name));
        server.setExecutor(threads);
    }

    /** A server of the JDK on loopback that does not answer yet; the error names what and where. */
    public static HttpServer listen(String name, int port) throws IOException {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new IOException(name + " cannot listen on port " + port, e);
        }
    }

    /** Begins to answer; until then connections wait. */
    public void serve(Service service) {
        server.createContext("/", exchange -> handle(exchange, service));
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void handle(HttpExchange exchange, Service service) throws IOException {
        String requestId = UUID.randomUUID().toString();
        try (exchange) {
            byte[] body;
            try (InputStream in = exchange.getRequestBody()) {
                body = in.readAllBytes();
            }
            try {
                send(exchange, 200, answer(exchange, body, requestId, service));
            } catch (AwsError error) {
                send(exchange, error.status(), error(error, requestId, service));
            } catch (RuntimeException e) {
                LOG.error("{} failed", exchange.getRequestURI().getPath(), e);
                AwsError failure = new AwsError(500, "InternalFailure", "The server failed.");
                send(exchange, 500, error(failure, requestId, service));
            }
        }
    }

    private String answer(HttpExchange exchange, byte[] body, String requestId, Service service) {
        String query = exchange.getRequestURI().getRawQuery();
        String form =
                body.length == 0 ? String.valueOf(query) : new String(body, StandardCharsets.UTF_8);
        Query call = Query.parse(form);
        Optional<Caller> caller = caller(exchange, body);
        String action = call.action();
        var result = service.answer(call, caller);
        return XmlWriter.document(
                action + "Response",
                service.namespace(),
                xml ->
                        xml.element(action + "Result", result)
                                .element(
                                        "ResponseMetadata",
                                        metadata -> metadata.text("RequestId", requestId)));
    }

    private Optional<Caller> caller(HttpExchange exchange, byte[] body) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null) {
            return Optional.empty();
        }
        Credential credential = identities.authenticate(signed(exchange, body));
        return Optional.of(new Caller(credential, SignatureV4.parse(authorization).region()));
    }

    private static SignedRequest signed(HttpExchange exchange, byte[] body) {
        URI uri = exchange.getRequestURI();
        return new SignedRequest(
                exchange.getRequestMethod(),
                uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                name -> exchange.getRequestHeaders().getOrDefault(name, List.of()),
                SignedRequest.sha256(body));
    }

    private static String error(AwsError error, String requestId, Service service) {
        return XmlWriter.document(
                "ErrorResponse",
                service.namespace(),
                xml ->
                        xml.element(
                                        "Error",
                                        e ->
                                                e.text(
                                                                "Type",
                                                                error.status() < 500
                                                                        ? "Sender"
                                                                        : "Receiver")
                                                        .text("Code", error.code())
                                                        .text("Message", error.reason()))
                                .text("RequestId", requestId));
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
