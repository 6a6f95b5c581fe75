package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.lake.LakeOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What the dashboard and the alert rules for Prometheus ask for is what the job tells, by Flink's
 * own reporter; and what the job tells of itself is documented.
 */
class MetricsITCase {

    private static final Path HOME = Path.of(System.getProperty("caracal.home"));
    private static final Path CONFIGURATION = HOME.resolve("flink-conf");
    private static final Pattern OWN =
            Pattern.compile("flink_taskmanager_job_task_operator_(caracal_.*)");

    @TempDir private Path folder;

    @Test
    void whatIsShownAndWatchedIsToldAndWhatIsToldIsDocumented() throws Exception {
        List<PromQuery> queries = queries();
        int port = freePort();
        try (WholeWay way = new WholeWay(folder);
                JobCluster cluster = JobCluster.start(folder, 1, reporter(port))) {
            writeControlFiles(way);
            Configuration options = way.jobOptions();
            options.set(LakeOptions.WAREHOUSE, folder.resolve("lake").toString());
            cluster.run(options);
            way.awaitSubscribed();
            putObjects(way);

            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () ->
                                    assertThat(missing(queries, PrometheusScrape.of(port)))
                                            .isEmpty());
            assertThat(undocumented(PrometheusScrape.of(port))).isEmpty();
        }
    }

    /** So much of what can go well and wrong that every metric counts something. */
    private static void writeControlFiles(WholeWay way) throws IOException {
        way.writeRule("marker", "Marker");
        Path rules = way.control().resolve("rules");
        Files.writeString(
                rules.resolve("slow.py"),
                """
                import math

                def rule(event):
                    for i in range(200000):
                        math.sqrt(i)
                    return event["noSuchField"] == 1
                """);
        Files.writeString(
                rules.resolve("slow.yml"),
                """
                AnalysisType: rule
                RuleID: Slow.Rule
                Filename: slow.py
                LogTypes: [AWS.CloudTrail]
                Severity: Low
                """);
        Path destinations = Files.createDirectories(way.control().resolve("destinations"));
        Files.writeString(
                destinations.resolve("refused.yml"),
                """
                id: refused
                name: Refused
                type: webhook
                default: true
                url: https://127.0.0.1:1/
                """);
    }

    private static void putObjects(WholeWay way) {
        for (int i = 0; i < 40; i++) {
            way.put("AWSLogs/" + i + ".json", WholeWay.cloudTrail("event-" + i, "Marker"));
        }
        way.put("AWSLogs/other.json", "{\"some\":\"other record\"}\n");
        way.put(
                "AWSLogs/damaged.json.gz",
                RequestBody.fromBytes(new byte[] {0x1f, (byte) 0x8b, 8}));
        way.sqs()
                .sendMessage(
                        message ->
                                message.queueUrl(way.queueUrl("notifications"))
                                        .messageBody("no notification"));
    }

    /** As the lines of {@code config.yaml} say once their comment signs are taken off. */
    private Configuration reporter(int port) throws IOException {
        String lines =
                Files.readAllLines(CONFIGURATION.resolve("config.yaml")).stream()
                        .dropWhile(line -> !line.equals("# metrics:"))
                        .map(line -> line.replaceFirst("^# ", ""))
                        .collect(Collectors.joining("\n"));
        Path own = Files.createDirectories(folder.resolve("flink-conf"));
        Files.writeString(own.resolve("config.yaml"), lines);
        Configuration cluster = GlobalConfiguration.loadConfiguration(own.toString());
        assertThat(cluster.toMap()).containsKey("metrics.reporter.prom.port");
        cluster.setString("metrics.reporter.prom.port", String.valueOf(port));
        return cluster;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<PromQuery> queries() throws IOException {
        List<PromQuery> queries = new ArrayList<>();
        JsonNode dashboard =
                new ObjectMapper()
                        .readTree(
                                CONFIGURATION.resolve("grafana").resolve("caracal.json").toFile());
        for (JsonNode expression : dashboard.findParents("expr")) {
            queries.add(
                    new PromQuery(
                            expression.path("expr").asText(),
                            expression.path("legendFormat").asText()));
        }
        int shown = queries.size();
        Object alerts =
                new Yaml(new SafeConstructor(new LoaderOptions()))
                        .load(
                                Files.readString(
                                        CONFIGURATION
                                                .resolve("prometheus")
                                                .resolve("alerts.yaml")));
        for (JsonNode alert : new ObjectMapper().valueToTree(alerts).findParents("expr")) {
            queries.add(new PromQuery(alert.path("expr").asText(), ""));
            assertThat(alert.path("annotations").path("description").asText())
                    .as("description of %s", alert.path("alert").asText())
                    .isNotBlank();
        }
        assertThat(shown).isPositive().isLessThan(queries.size());
        assertThat(queries).allSatisfy(query -> assertThat(query.metrics()).isNotEmpty());
        return queries;
    }

    /** What queries name and the job does not tell: metrics, and labels of metrics. */
    private static Set<String> missing(List<PromQuery> queries, PrometheusScrape scrape) {
        Set<String> missing = new TreeSet<>();
        for (PromQuery query : queries) {
            Set<String> labels = new TreeSet<>();
            for (String metric : query.metrics()) {
                if (scrape.labelsByMetric().containsKey(metric)) {
                    labels.addAll(scrape.labelsByMetric().get(metric));
                } else {
                    missing.add(metric);
                }
            }
            query.labels().stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> missing.add(label + " in " + query.text()));
        }
        return missing;
    }

    private static List<String> undocumented(PrometheusScrape scrape) throws IOException {
        String page = Files.readString(HOME.resolve("docs").resolve("metrics.md"));
        Set<String> documented =
                Pattern.compile("`(caracal\\.[\\w.]+)`")
                        .matcher(page)
                        .results()
                        .map(MetricsITCase::inPrometheus)
                        .collect(Collectors.toSet());
        return scrape.labelsByMetric().keySet().stream()
                .map(OWN::matcher)
                .filter(own -> own.matches())
                .map(own -> own.group(1))
                .filter(name -> !documented.contains(name))
                .toList();
    }

    /** Without the words in capitals, which stand for the values of labels. */
    private static String inPrometheus(MatchResult name) {
        return name.group(1).replaceAll("\\.[A-Z]+(?=\\.)", "").replace('.', '_');
    }
}
