package dev.caracal.connectors.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server on loopback that answers as S3 does; lists one object a page. */
class BucketStoreTest {

    private final TreeMap<String, String> objects = new TreeMap<>();
    private HttpServer server;
    private ControlLocation location;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/control/", this::fetch);
        server.createContext("/control", this::list);
        server.start();
        location =
                new ControlLocation(
                        "s3://control/live",
                        new AwsSettings(
                                "eu-west-1",
                                Map.of(
                                        "aws.s3.endpoint",
                                        "http://127.0.0.1:" + server.getAddress().getPort(),
                                        "aws.s3.path-style-access",
                                        "true",
                                        "aws.retry.max-attempts",
                                        "1",
                                        "aws.credentials.provider",
                                        "BASIC",
                                        "aws.credentials.provider.basic.accesskeyid",
                                        "AKIA",
                                        "aws.credentials.provider.basic.secretkey",
                                        "secret")));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void list(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String prefix = query.replaceFirst(".*prefix=([^&]*).*", "$1");
        String token =
                query.contains("continuation-token=")
                        ? query.replaceFirst(".*continuation-token=([^&]*).*", "$1")
                        : "";
        String key = token.isEmpty() ? objects.ceilingKey(prefix) : objects.higherKey(token);
        boolean found = key != null && key.startsWith(prefix);
        String next = found ? objects.higherKey(key) : null;
        boolean more = next != null && next.startsWith(prefix);
        send(
                exchange,
                200,
                "<ListBucketResult><IsTruncated>"
                        + more
                        + "</IsTruncated>"
                        + (more ? "<NextContinuationToken>" + key + "</NextContinuationToken>" : "")
                        + (found
                                ? "<Contents><Key>"
                                        + key
                                        + "</Key><ETag>\"e-"
                                        + objects.get(key)
                                        + "\"</ETag><Size>"
                                        + objects.get(key).length()
                                        + "</Size></Contents>"
                                : "")
                        + "</ListBucketResult>");
    }

    private void fetch(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/control/")) {
            list(exchange);
            return;
        }
        String content = objects.get(path.substring("/control/".length()));
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        boolean same = content != null && ("\"e-" + content + "\"").equals(match);
        send(exchange, same ? 200 : 412, same ? content : "");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void thePrefixIsReadOverAllPages() throws Exception {
        objects.put("live/rules/a.py", "one");
        objects.put("live/rules/b.py", "two");
        objects.put("live/sources/s.yml", "source");
        objects.put("other/rules/c.py", "not ours");

        ControlSnapshot snapshot = location.read();

        assertThat(snapshot.files())
                .extracting(ControlFile::path, ControlFile::text)
                .containsExactly(
                        tuple("rules/a.py", "one"),
                        tuple("rules/b.py", "two"),
                        tuple("sources/s.yml", "source"));
    }

    @Test
    void aChangedObjectIsSeen() throws Exception {
        objects.put("live/rules/a.py", "one");
        try (SnapshotReader reader = location.open()) {
            ControlSnapshot first = reader.read();
            assertThat(reader.read()).isSameAs(first);
            objects.put("live/rules/a.py", "two");

            assertThat(reader.read().files().get(0).text()).isEqualTo("two");
        }
    }

    @Test
    void aBucketThatCannotBeReachedIsAnError() {
        server.stop(0);

        assertThatThrownBy(location::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot list s3://control/live/");
    }
}
