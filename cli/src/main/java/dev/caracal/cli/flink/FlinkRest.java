package dev.caracal.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * A Flink cluster's REST interface, which is also where its dashboard is.
 *
 * @see <a href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/ops/rest_api/">Flink
 *     REST API</a>
 */
public final class FlinkRest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Starting a job runs its main method before the cluster answers. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    // Flink speaks no HTTP/2.
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();

    private final URI cluster;

    /**
     * @param cluster such as {@code http://127.0.0.1:8081}
     */
    public FlinkRest(URI cluster) {
        this.cluster = cluster;
    }

    /** Where the dashboard is. */
    public URI address() {
        return cluster;
    }

    /**
     * The answer to a request.
     *
     * @param path begins with a slash
     * @throws FlinkRefusalException if the cluster answers with anything but success
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(path, request(path).GET());
    }

    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(
                path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    public JsonNode patch(String path) throws IOException, InterruptedException {
        return send(path, request(path).method("PATCH", BodyPublishers.noBody()));
    }

    public JsonNode delete(String path) throws IOException, InterruptedException {
        return send(path, request(path).DELETE());
    }

    /** Gives the cluster a jar, and returns the id under which it knows it. */
    public String upload(Path jar) throws IOException, InterruptedException {
        String path = "/jars/upload";
        String boundary = "caracal-" + UUID.randomUUID();
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n"
                        + "Content-Type: application/java-archive\r\n\r\n";
        BodyPublisher body =
                BodyPublishers.concat(
                        BodyPublishers.ofString(head.formatted(boundary, jar.getFileName())),
                        BodyPublishers.ofFile(jar),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        String stored =
                send(
                                path,
                                request(path)
                                        .header(
                                                "Content-Type",
                                                "multipart/form-data; boundary=" + boundary)
                                        .POST(body))
                        .path("filename")
                        .asText();
        return stored.substring(stored.lastIndexOf('/') + 1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(cluster + path)).timeout(TIMEOUT);
    }

    private JsonNode send(String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException("cannot reach Flink at " + cluster + ": " + why, e);
        }
        if (response.statusCode() / 100 == 2) {
            return body(response);
        }
        JsonNode errors = body(response).path("errors");
        StringBuilder text = new StringBuilder();
        errors.forEach(error -> text.append(error.asText()).append('\n'));
        throw new FlinkRefusalException(
                response.statusCode(), cluster + path, RootCause.of(text.toString()));
    }

    private JsonNode body(HttpResponse<byte[]> response) throws IOException {
        try {
            JsonNode body = JSON.readTree(response.body());
            return body == null ? JSON.missingNode() : body;
        } catch (IOException e) {
            throw new IOException(
                    cluster + " answers, but not as Flink does: status " + response.statusCode(),
                    e);
        }
    }
}
