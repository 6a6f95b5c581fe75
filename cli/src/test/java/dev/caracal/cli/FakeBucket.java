package dev.caracal.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A bucket that can be listed and read, on loopback; credentials are made up, and set while it is
 * there.
 */
final class FakeBucket implements AutoCloseable {

    private static final String KEY_ID = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    private final HttpServer server;
    private final String path;
    private final Map<String, byte[]> objects;

    FakeBucket(String name, Map<String, byte[]> objects) throws IOException {
        this.path = '/' + name;
        this.objects = new TreeMap<>(objects);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        System.setProperty(KEY_ID, "fake");
        System.setProperty(SECRET, "fake");
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String requested = exchange.getRequestURI().getPath();
        if (requested.equals(path) || requested.equals(path + '/')) {
            answer(exchange, 200, list(exchange).getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] object =
                requested.startsWith(path + '/')
                        ? objects.get(requested.substring(path.length() + 1))
                        : null;
        if (object != null) {
            answer(exchange, 200, object);
        } else {
            String code = requested.startsWith(path + '/') ? "NoSuchKey" : "NoSuchBucket";
            String error = "<Error><Code>" + code + "</Code><Message>none</Message></Error>";
            answer(exchange, 404, error.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String list(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        String prefix = query.replaceFirst("(^|.*&)prefix=([^&]*).*", "$2");
        String wanted = prefix.equals(query) ? "" : prefix;
        return objects.keySet().stream()
                .filter(key -> key.startsWith(wanted))
                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                .collect(Collectors.joining("", "<ListBucketResult>", "</ListBucketResult>"));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        System.clearProperty(KEY_ID);
        System.clearProperty(SECRET);
    }
}
