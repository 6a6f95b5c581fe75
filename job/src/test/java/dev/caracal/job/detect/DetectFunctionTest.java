package dev.caracal.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectFunctionTest {

    private static final RuleSource THIRD =
            new RuleSource(
                    "rules/third.yml",
                    """
                    AnalysisType: rule
                    RuleID: Door.Third
                    Filename: third.py
                    LogTypes: [Door.Log]
                    Severity: Low
                    """,
                    """
                    from panther_detection_helpers.caching import increment_counter

                    def rule(event):
                        return increment_counter(event["door"]) == 3
                    """);

    private static final RuleSource COUNTS = rule("counts", "    return True\n");
    private static final RuleSource LOOPS = rule("loops", "    while True: pass\n");
    private static final RuleCacheSettings NO_CACHE =
            new RuleCacheSettings(
                    "", "", Duration.ofSeconds(1), new AwsSettings("eu-west-1", Map.of()));

    @TempDir private Path folder;

    private static RuleSource rule(String name, String body) {
        return new RuleSource(
                "rules/" + name + ".yml",
                """
                AnalysisType: rule
                RuleID: Door.%s
                Filename: %s.py
                LogTypes: [Door.Log]
                Severity: Low
                """
                        .formatted(name, name),
                "import math\ndef rule(event):\n" + body);
    }

    private BroadcastOperatorTestHarness<Event, RuleSetChange, Match> subtask(
            RuleCacheSettings cache) throws Exception {
        return subtask(cache, THIRD);
    }

    private BroadcastOperatorTestHarness<Event, RuleSetChange, Match> subtask(
            RuleCacheSettings cache, RuleSource rule) throws Exception {
        var function =
                new DetectFunction(
                        new ControlLocation(folder.resolve("control").toString(), cache.aws()),
                        false,
                        Duration.ofSeconds(1),
                        cache);
        var harness =
                new BroadcastOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<>(
                                function,
                                List.of(DetectFunction.RULES, DetectFunction.LOOKUP_TABLES)),
                        1,
                        1,
                        0);
        harness.open();
        harness.processBroadcastElement(
                new StreamRecord<>(RuleSetChange.to(new RuleSet(List.of(rule), List.of()))));
        return harness;
    }

    @Test
    void whatRulesRememberIsSharedBySubtasksAndOutlivesThem() throws Exception {
        var cache =
                new RuleCacheSettings(
                        folder.resolve("cache").toString(),
                        "",
                        Duration.ofSeconds(1),
                        new AwsSettings("eu-west-1", Map.of()));
        try (var one = subtask(cache);
                var other = subtask(cache)) {
            one.processElement(event());
            other.processElement(event());

            assertThat(one.extractOutputValues()).isEmpty();
            assertThat(other.extractOutputValues()).isEmpty();
        }
        try (var later = subtask(cache)) {
            later.processElement(event());

            assertThat(later.extractOutputValues())
                    .singleElement()
                    .satisfies(match -> assertThat(match.error()).isFalse());
        }
    }

    @Test
    void aChangeLeavesTheRulesThatItDoesNotNameInForce() throws Exception {
        RuleSource added = rule("added", "    return True\n");
        try (var subtask = subtask(NO_CACHE, COUNTS)) {
            subtask.processBroadcastElement(
                    new StreamRecord<>(
                            new RuleSetChange(false, List.of(added), List.of(), List.of())));
            subtask.processElement(event());
            subtask.processBroadcastElement(
                    new StreamRecord<>(
                            new RuleSetChange(
                                    false, List.of(), List.of(COUNTS.path()), List.of())));
            subtask.processElement(event());

            assertThat(subtask.extractOutputValues())
                    .extracting(Match::ruleId)
                    .containsExactlyInAnyOrder("Door.counts", "Door.added", "Door.added");
        }
    }

    @Test
    void aTableThatDoesNotAnswerIsARuleError() throws Exception {
        var cache =
                new RuleCacheSettings(
                        "",
                        "caracal-rules",
                        Duration.ofMillis(500),
                        new AwsSettings(
                                "eu-west-1",
                                Map.of(
                                        "aws.dynamodb.endpoint",
                                        "http://127.0.0.1:" + closedPort(),
                                        "aws.credentials.provider",
                                        "BASIC",
                                        "aws.credentials.provider.basic.accesskeyid",
                                        "AKIA",
                                        "aws.credentials.provider.basic.secretkey",
                                        "hidden-key")));
        try (var subtask = subtask(cache)) {
            subtask.processElement(event());

            assertThat(subtask.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            match -> {
                                assertThat(match.error()).isTrue();
                                assertThat(match.toString())
                                        .contains("The DynamoDB table caracal-rules did not answer")
                                        .doesNotContain("hidden-key");
                            });
        }
    }

    @Test
    void whatCannotBeJudgedIsADeadLetterAndTheEngineIsOpenedAgain() throws Exception {
        BroadcastOperatorTestHarness<Event, RuleSetChange, Match> opened;
        try (var broken = new BrokenPython(folder.resolve("file"))) {
            opened = subtask(NO_CACHE, COUNTS);
            opened.setProcessingTime(0);
            opened.processElement(event());
            opened.processElement(event());
        }
        try (var subtask = opened) {
            // Still in the pause.
            subtask.processElement(event());

            assertThat(subtask.extractOutputValues()).isEmpty();
            assertThat(deadLetters(subtask))
                    .hasSize(3)
                    .allSatisfy(
                            letter -> {
                                assertThat(letter.stage()).isEqualTo("detect");
                                assertThat(letter.reason()).isEqualTo("engine-failed");
                                assertThat(letter.detail()).contains("cannot be written");
                                assertThat(letter.text()).contains("\"door\":\"front\"");
                            });

            subtask.setProcessingTime(1_000);
            subtask.processElement(event());

            assertThat(subtask.extractOutputValues()).hasSize(1);
            assertThat(deadLetters(subtask)).hasSize(3);
            assertThat(subtask.getSideOutput(DetectFunction.EVENTS)).hasSize(4);
        }
    }

    @Test
    void aRuleThatRestsIsToldOnce() throws Exception {
        try (var subtask = subtask(NO_CACHE, LOOPS)) {
            for (int i = 0; i < 4; i++) {
                subtask.processElement(event());
            }

            assertThat(deadLetters(subtask))
                    .singleElement()
                    .satisfies(
                            letter -> {
                                assertThat(letter.reason()).isEqualTo("rule-rests");
                                assertThat(letter.object()).isEqualTo("rules/loops.yml");
                            });
        }
    }

    private static List<DeadLetter> deadLetters(
            BroadcastOperatorTestHarness<Event, RuleSetChange, Match> subtask) {
        var letters = subtask.getSideOutput(DetectFunction.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static StreamRecord<Event> event() {
        byte[] json = "{\"door\":\"front\"}".getBytes(StandardCharsets.UTF_8);
        return new StreamRecord<>(new Event("Door.Log", "row-1", 1000, 2000, "", json));
    }
}
