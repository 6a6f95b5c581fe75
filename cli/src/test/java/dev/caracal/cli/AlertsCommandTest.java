package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DAY = "alerts/year=2026/month=11/day=24/";

    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        write(
                DAY + "0-1.jsonl.gz",
                alert("aaaa1", "AWS.Root", "HIGH", "RULE", "2026-11-24T10:00:00Z", 1),
                alert("bbbb2", "Okta.Factor", "LOW", "RULE", "2026-11-24T09:00:00Z", 1));
        write(
                DAY + "0-2.jsonl.gz",
                alert("aaaa1", "AWS.Root", "HIGH", "RULE", "2026-11-24T10:00:00Z", 7));
        write(
                "alerts/year=2026/month=11/day=25/0-3.jsonl.gz",
                alert("cccc3", "AWS.Root", "HIGH", "RULE_ERROR", "2026-11-25T00:00:00Z", 2),
                alert(
                        "dddd4",
                        "Caracal.DeadLetters",
                        "MEDIUM",
                        "SYSTEM_HEALTH",
                        "2026-11-25T01:00:00Z",
                        100));
        write(DAY + "being-written.tmp", "not JSON");
        write(
                "matches/aws_cloudtrail/year=2026/month=11/day=24/hour=10/0.jsonl.gz",
                "{\"p_rule_id\":\"AWS.Root\",\"p_alert_id\":\"aaaa1\",\"n\":1}",
                "{\"p_rule_id\":\"AWS.Root\",\"p_alert_id\":\"other\",\"n\":2}",
                "{\"p_rule_id\":\"AWS.Root\",\"p_alert_id\":\"aaaa1\",\"n\":3}");
        write(
                "rule-errors/aws_cloudtrail/year=2026/month=11/day=25/hour=00/0.jsonl.gz",
                "{\"p_rule_id\":\"AWS.Root\",\"p_alert_id\":\"cccc3\",\"n\":4}");
    }

    private static String alert(
            String id, String rule, String severity, String type, String made, int events) {
        return """
               {"schemaVersion":1,"alertId":"%s","ruleId":"%s","type":"%s","severity":"%s",\
               "title":"of %s\\u001b[31m","logTypes":["AWS.CloudTrail"],"eventCount":%d,\
               "creationTime":"%s","updateTime":"%s","event":{"a":1}}\
               """
                .formatted(id, rule, type, severity, rule, events, made, made);
    }

    private void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Path half = file.resolveSibling("half");
        Files.write(half, gzip(lines));
        Files.move(half, file);
    }

    private static byte[] gzip(String... lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write((String.join("\n", lines) + '\n').getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private CommandTester.Outcome run(String options) {
        String line = ("alerts " + options + ' ' + folder).replaceAll(" +", " ");
        return CommandTester.run(line.split(" "));
    }

    @Test
    void alertsAreListedInTheOrderOfTheirMakingWithTheirUpdatesCountedIn() {
        CommandTester.Outcome outcome = run("list");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.outLines())
                .containsExactly(
                        "MADE                  SEVERITY  TYPE            EVENTS  ID            RULE: TITLE",
                        "2026-11-24T09:00:00Z  low       rule                 1  bbbb2         Okta.Factor: of Okta.Factor [31m",
                        "2026-11-24T10:00:00Z  high      rule                 7  aaaa1         AWS.Root: of AWS.Root [31m",
                        "2026-11-25T00:00:00Z  high      rule error           2  cccc3         AWS.Root: of AWS.Root [31m",
                        "2026-11-25T01:00:00Z  medium    system health      100  dddd4         Caracal.DeadLetters: of Caracal.DeadLetters [31m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--severity low|bbbb2 aaaa1 cccc3 dddd4",
                "--severity Medium|aaaa1 cccc3 dddd4",
                "--severity critical|",
                "--rule AWS.Root|aaaa1 cccc3",
                "--rule AWS|",
                "--rule O*.F*r|bbbb2",
                "--type rule|bbbb2 aaaa1",
                "--type system_health|dddd4",
                "--since 2026-11-25|cccc3 dddd4",
                "--since 2026-11-24T10:00:00Z|aaaa1 cccc3 dddd4",
                "--until 2026-11-24T10:00:00Z|bbbb2",
                "--since 2026-11-24 --until 2026-11-25 --severity high|aaaa1",
            })
    void filters(String options, String ids) throws IOException {
        CommandTester.Outcome outcome = run("list --format json " + options);

        assertThat(outcome.status()).isZero();
        assertThat(outcome.outLines())
                .map(line -> JSON.readTree(line).path("alertId").asText())
                .isEqualTo(ids == null ? List.of() : List.of(ids.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list --severity urgent|--severity is \"urgent\"",
                "list --type policy|--type is \"policy\"",
                "list --since yesterday|--since is \"yesterday\"",
                "show aaa|the id \"aaa\" is too short",
            })
    void whatDoesNotFitIsWrongUsage(String command, String message) {
        CommandTester.Outcome outcome = run(command);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void anAlertIsShownWithItsEvents() throws IOException {
        JsonNode shown = JSON.readTree(run("show --format json aaaa").out());

        assertThat(shown.path("eventCount").asInt()).isEqualTo(7);
        assertThat(shown.path("events"))
                .extracting(event -> event.path("n").asInt())
                .containsExactly(1, 3);
        assertThat(run("show aaaa1").outLines())
                .contains(
                        "ruleId:         AWS.Root",
                        "title:          of AWS.Root [31m",
                        "logTypes:       [\"AWS.CloudTrail\"]",
                        "events: 2 of 7",
                        "{\"p_rule_id\":\"AWS.Root\",\"p_alert_id\":\"aaaa1\",\"n\":3}");
    }

    @Test
    void theWayFromAnAlertToWhatHappenedAroundItsEventsIsShown() throws IOException {
        write(
                "alerts/year=2026/month=11/day=26/0.jsonl.gz",
                alert("eeee5eeee5eeee5", "AWS.Root", "HIGH", "RULE", "2026-11-26T10:00:00Z", 2)
                        .replace("{\"a\":1}", event("10:05:00", "203.0.113.7")));
        write(
                "matches/aws_cloudtrail/year=2026/month=11/day=26/hour=10/0.jsonl.gz",
                event("10:45:00", "203.0.113.7"),
                event("10:05:00", "198.51.100.1\",\"$(reboot)"));
        write(
                "matches/aws_cloudtrail/year=2026/month=11/day=26/hour=11/0.jsonl.gz",
                "the events have been found, and other hours' files are not read");
        String shown = run("show eeee5eeee5ee").out();

        assertThat(shown.lines().dropWhile(line -> !line.startsWith("around")))
                .containsExactly(
                        "around them, in the lake:",
                        "caracal search --indicator 198.51.100.1 --from 2026-11-26T09:05:00Z --to"
                                + " 2026-11-26T11:45:00Z",
                        "caracal search --indicator 203.0.113.7 --from 2026-11-26T09:05:00Z --to"
                                + " 2026-11-26T11:45:00Z");
        assertThat(shown.indexOf("10:05:00")).isLessThan(shown.indexOf("10:45:00"));
    }

    private static String event(String time, String address) {
        return "{\"p_alert_id\":\"eeee5eeee5eeee5\",\"p_event_time\":\"2026-11-26 "
                + time
                + ".000000000\",\"p_any_ip_addresses\":[\""
                + address
                + "\"]}";
    }

    @Test
    void theEventsOfARuleErrorAreShownToo() {
        assertThat(run("show cccc3").out()).contains("\"n\":4");
        assertThat(run("show dddd4").out()).contains("events: 0 of 100");
    }

    @Test
    void anAlertThatIsNotThereIsSaid() {
        assertThat(run("show ffff").status()).isEqualTo(1);
        assertThat(run("show ffff").err()).contains("no alert whose id begins with ffff");
    }

    @Test
    void alertsInABucketAreListedToo() throws IOException {
        byte[] file = gzip(alert("eeee5", "AWS.Root", "HIGH", "RULE", "2026-11-24T10:00:00Z", 1));
        try (FakeBucket bucket =
                new FakeBucket("output", Map.of("caracal/" + DAY + "0.jsonl.gz", file))) {
            CommandTester.Outcome outcome =
                    CommandTester.run(
                            "alerts",
                            "list",
                            "--endpoint",
                            bucket.endpoint(),
                            "--region",
                            "us-east-1",
                            "s3://output/caracal/");

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("eeee5");
        }
    }

    @Test
    void watchingShowsWhatComes() throws Exception {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Thread watch =
                new Thread(
                        () ->
                                CaracalCommand.execute(
                                        new Console(
                                                new ByteArrayInputStream(new byte[0]),
                                                stream,
                                                stream),
                                        "alerts",
                                        "watch",
                                        "--interval",
                                        "0.1",
                                        folder.toString()));
        watch.start();
        try {
            await().until(() -> out.toString(StandardCharsets.UTF_8).contains("MADE"));
            write(
                    DAY + "0-4.jsonl.gz",
                    alert("eeee5", "AWS.Root", "HIGH", "RULE", "2026-11-24T10:00:00Z", 1));
            await().until(() -> out.toString(StandardCharsets.UTF_8).contains("eeee5"));
        } finally {
            watch.interrupt();
            watch.join();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("aaaa1");
    }
}
