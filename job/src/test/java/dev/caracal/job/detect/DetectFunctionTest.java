package dev.caracal.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir private Path folder;

    private BroadcastOperatorTestHarness<Event, RuleSet, Match> subtask(RuleCacheSettings cache)
            throws Exception {
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
        harness.processBroadcastElement(new StreamRecord<>(new RuleSet(List.of(THIRD), List.of())));
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
