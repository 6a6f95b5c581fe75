package dev.caracal.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;

/**
 * The metrics of a running job, as its dashboard tells them: late by up to the interval at which
 * the dashboard asks for them, and gone with the job.
 *
 * @see <a href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/ops/rest_api/">Flink
 *     REST API</a>
 */
public final class FlinkMetrics {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String vertices;

    public FlinkMetrics(URI dashboard, JobID job) {
        vertices = dashboard + "/jobs/" + job;
    }

    /**
     * The metrics whose name is wanted, summed over subtasks, by name: {@code OPERATOR.METRIC},
     * with underscores for what Flink's names cannot hold.
     */
    public Map<String, Long> sums(Predicate<String> wanted)
            throws IOException, InterruptedException {
        Map<String, Long> sums = new TreeMap<>();
        for (JsonNode vertex : read(vertices).path("vertices")) {
            String metrics =
                    vertices + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            List<String> names = new ArrayList<>();
            for (JsonNode metric : read(metrics)) {
                String name = metric.path("id").asText();
                if (wanted.test(name)) {
                    names.add(URLEncoder.encode(name, StandardCharsets.UTF_8));
                }
            }
            if (names.isEmpty()) {
                continue;
            }
            for (JsonNode metric : read(metrics + "?agg=sum&get=" + String.join(",", names))) {
                sums.put(metric.path("id").asText(), (long) metric.path("sum").asDouble());
            }
        }
        return sums;
    }

    private JsonNode read(String address) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered with status " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }
}
