package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.lake.LakeDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {

    private static final String ACME =
            """
            schema: Acme.Audit
            fields:
              - {name: details, type: json}
            """;

    @TempDir private static Path folder;

    @BeforeAll
    static void fillTheLake() throws Exception {
        Files.writeString(
                folder.resolve("nothing.yml"),
                """
                AnalysisType: rule
                RuleID: Trail.Delete
                Filename: delete.py
                Enabled: true
                LogTypes: [AWS.CloudTrail]
                Severity: High
                """);
        Files.writeString(
                folder.resolve("delete.py"),
                """
                def rule(event):
                    return event.deep_get("requestParameters", "bucket") == "b1"

                def title(event):
                    return event["eventName"] + " of b1"
                """);
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.resolve("lake").toString());
        LakeSettings settings = LakeSettings.from(options).orElseThrow();
        List<LakeDocument> documents = new ArrayList<>();
        for (int day = 1; day <= 20; day++) {
            String json =
                    """
                    {"eventName":"DeleteBucket","requestParameters":{"bucket":"b%d"},\
                    "p_log_type":"AWS.CloudTrail","p_row_id":"r%d","p_source_id":"shop",\
                    "p_event_time":"2026-11-%02d 05:06:07.000000000",\
                    "p_parse_time":"2026-11-24 12:00:00.000000000"}"""
                            .formatted(day % 2, day, day);
            documents.add(
                    new LakeDocument("AWS.CloudTrail", "", json.getBytes(StandardCharsets.UTF_8)));
        }
        documents.add(
                new LakeDocument(
                        "Acme.Audit",
                        ACME,
                        """
                        {"details":{"user":"ann"},"p_log_type":"Acme.Audit","p_row_id":"a1",\
                        "p_event_time":"2026-11-01 05:06:07.000000000",\
                        "p_parse_time":"2026-11-24 12:00:00.000000000"}"""
                                .getBytes(StandardCharsets.UTF_8)));
        SearchedLake.write(documents, settings);
    }

    private static Outcome replay(String... options) {
        return CommandTester.run(
                Stream.concat(
                                Stream.of(
                                        "replay",
                                        "--warehouse=" + folder.resolve("lake"),
                                        "--rules=" + folder.resolve("nothing.yml"),
                                        "--parallelism=1"),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void alertsOfTheSpanOfTimeAreListed() {
        Outcome outcome = replay("--from=2026-11-05", "--to=2026-11-10");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.outLines()).hasSize(4);
        assertThat(outcome.outLines().get(1))
                .matches("2026-11-05T05:06:07Z +high +rule +1 .*Trail.Delete: DeleteBucket of b1");
        assertThat(outcome.err())
                .contains("5 events read, 1 rules, 3 matches, 0 rule errors, 3 alerts; ");
    }

    @Test
    void matchesAreLinesOfJson() throws IOException {
        Outcome outcome =
                replay("--from=2026-11-05", "--to=2026-11-06", "--matches", "--format=json");

        assertThat(outcome.outLines()).as(outcome.err()).hasSize(1);
        JsonNode match = new ObjectMapper().readTree(outcome.out());
        assertThat(match.path("p_row_id").asText()).isEqualTo("r5");
        assertThat(match.path("p_rule_id").asText()).isEqualTo("Trail.Delete");
        assertThat(match.path("requestParameters").path("bucket").asText()).isEqualTo("b1");
    }

    @Test
    void schemasOfTheControlLocationAreKnownAsInTheStream() throws IOException {
        Path schemas = Files.createDirectories(folder.resolve("control").resolve("schemas"));
        Files.writeString(schemas.resolve("acme.yml"), ACME);
        Files.writeString(schemas.resolve("broken.yml"), "schema: Acme.Broken");
        Path rules = Files.createDirectories(folder.resolve("acme-rules"));
        Files.writeString(
                rules.resolve("user.yml"),
                """
                AnalysisType: rule
                RuleID: Acme.User
                Filename: user.py
                Enabled: true
                LogTypes: [Acme.Audit]
                Severity: Low
                """);
        Files.writeString(
                rules.resolve("user.py"),
                """
                def rule(event):
                    return event.deep_get("details", "user") == "ann"
                """);

        Outcome outcome =
                CommandTester.run(
                        "replay",
                        "--warehouse=" + folder.resolve("lake"),
                        "--control=" + folder.resolve("control"),
                        "--rules=" + rules,
                        "--parallelism=1");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .contains("not used: schemas/broken.yml", "1 events read, 1 rules, 1 matches")
                .doesNotContain("no schema of");
    }

    @Test
    void aTimeWithoutEventsHasNoAlerts() {
        Outcome outcome = replay("--to=2026-01-01");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("0 events read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--log-type=Acme.Nothing | there are no events of Acme.Nothing",
                "--last=7d --from=2026-01-01 | --last excludes",
            })
    void optionsThatDoNotFitAreRefused(String options, String message) {
        Outcome outcome =
                CommandTester.run(
                        ("replay --warehouse=" + folder.resolve("lake") + ' ' + options)
                                .split(" "));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }
}
