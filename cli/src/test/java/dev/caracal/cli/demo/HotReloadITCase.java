package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes in the control location takes effect without a restart, or is refused. */
class HotReloadITCase {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private final List<JsonNode> alerts = new ArrayList<>();
    private final List<JsonNode> deadLetters = new ArrayList<>();
    private int objects;

    @Test
    void rulesLogSourcesAndSchemasChangeWhileTheJobRuns() throws Exception {
        try (WholeWay way = new WholeWay(folder);
                JobCluster cluster = JobCluster.start(folder, 2)) {
            way.writeRule("watch", "First");
            Configuration options = way.jobOptions();
            options.set(LakeOptions.WAREHOUSE, folder.resolve("lake").toString());
            options.set(JobOptions.EVENT_FILES, true);
            cluster.run(options);
            way.awaitSubscribed();

            put(way, "e1", "First");
            awaitAlert(way, "e1");

            // An edit: only what comes later is judged by it.
            way.writeRule("watch", "Second");
            awaitJudgedBy(way, "Second");
            put(way, "e2", "First");
            put(way, "e3", "Second");
            awaitAlert(way, "e3");
            assertThat(dedups()).doesNotContain("e2");

            // A broken edit is refused, and the version before it stays.
            Files.writeString(
                    way.control().resolve("rules").resolve("watch.py"), "def rule(event:\n");
            awaitDeadLetter(way, "rule-refused", "rules/watch.py:1");
            put(way, "e4", "Second");
            awaitAlert(way, "e4");

            // So is a log source; a new one is taken up.
            Files.writeString(
                    way.control().resolve("sources").resolve("broken.yml"), "id: broken\n");
            awaitDeadLetter(way, "log-source-refused", "sources/broken.yml:1");
            way.writeSource("okta", "okta/", "Okta.SystemLog");
            awaitDeadLetterOfOkta(way);

            // A log type of one's own, with the log source that names it: no record is lost.
            Path schemas =
                    Files.createDirectories(way.control().resolve("schemas").resolve("acme"));
            Files.writeString(
                    schemas.resolve("audit.yml"),
                    "schema: Acme.Audit\nfields: [{name: user, type: string, required: true}]\n");
            way.writeSource("acme", "acme/", "Acme.Audit");
            awaitEventOfAcme(way);
            assertThat(deadLetters)
                    .noneMatch(letter -> letter.path("sourceId").asText().equals("acme"));

            // A field that its schema gains is a column of its table, in mid-stream.
            Files.writeString(
                    schemas.resolve("audit.yml"),
                    "schema: Acme.Audit\nfields: [{name: user, type: string, required: true},"
                            + " {name: count, type: bigint}]\n");
            awaitRowWithCount(way, options);

            // A rule that is gone no longer judges.
            way.writeRule("other", "Third");
            Files.delete(way.control().resolve("rules").resolve("watch.yml"));
            awaitJudgedBy(way, "Third");
            put(way, "e5", "Second");
            put(way, "e6", "Third");
            awaitAlert(way, "e6");
            assertThat(dedups()).doesNotContain("e5");
        }
    }

    private void put(WholeWay way, String eventId, String eventName) {
        way.put("AWSLogs/" + objects++ + ".json", WholeWay.cloudTrail(eventId, eventName));
    }

    /** Sends probes until one raises an alert. */
    private void awaitJudgedBy(WholeWay way, String eventName) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            put(way, "probe-" + eventName + objects, eventName);
                            alerts.addAll(way.newOutput("alerts"));
                            return dedups().stream()
                                    .anyMatch(dedup -> dedup.startsWith("probe-" + eventName));
                        });
    }

    private void awaitAlert(WholeWay way, String eventId) {
        await("alert for " + eventId)
                .atMost(LIMIT)
                .until(
                        () -> {
                            alerts.addAll(way.newOutput("alerts"));
                            return dedups().contains(eventId);
                        });
    }

    private void awaitDeadLetter(WholeWay way, String reason, String detail) {
        await(reason)
                .atMost(LIMIT)
                .until(
                        () -> {
                            deadLetters.addAll(way.newOutput("dead-letters"));
                            return deadLetters.stream()
                                    .anyMatch(
                                            letter ->
                                                    letter.path("reason").asText().equals(reason)
                                                            && letter.path("detail")
                                                                    .asText()
                                                                    .startsWith(detail));
                        });
    }

    /** A CloudTrail record under the prefix of the new log source is none of its log types. */
    private void awaitDeadLetterOfOkta(WholeWay way) {
        await("the new log source")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            way.put("okta/" + objects++, WholeWay.cloudTrail("x", "Nothing"));
                            deadLetters.addAll(way.newOutput("dead-letters"));
                            return deadLetters.stream()
                                    .anyMatch(
                                            letter ->
                                                    letter.path("sourceId")
                                                            .asText()
                                                            .equals("okta"));
                        });
    }

    private void awaitEventOfAcme(WholeWay way) {
        await("an event of the new log type")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            way.put("acme/" + objects++, "{\"user\":\"ann\"}\n");
                            deadLetters.addAll(way.newOutput("dead-letters"));
                            return way.newOutput("events").stream()
                                    .anyMatch(
                                            event ->
                                                    event.path("p_log_type")
                                                            .asText()
                                                            .equals("Acme.Audit"));
                        });
    }

    private void awaitRowWithCount(WholeWay way, Configuration options) throws IOException {
        LakeCatalog lake = new LakeCatalog(LakeSettings.from(options).orElseThrow());
        await("a row with the new column")
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> {
                            way.put("acme/" + objects++, "{\"user\":\"bob\",\"count\":7}\n");
                            Table table = lake.loadCatalog().loadTable(lake.table("acme_audit"));
                            return counts(table).contains("7");
                        });
        // What came before has none.
        assertThat(counts(lake.loadCatalog().loadTable(lake.table("acme_audit")))).contains("null");
    }

    /** The new column in all rows; none as long as it is not there. */
    private static Set<String> counts(Table table) throws IOException {
        Set<String> counts = new HashSet<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
            rows.forEach(row -> counts.add(String.valueOf(row.getField("count"))));
        }
        return counts;
    }

    private List<String> dedups() {
        return alerts.stream().map(alert -> alert.path("dedup").asText()).toList();
    }
}
