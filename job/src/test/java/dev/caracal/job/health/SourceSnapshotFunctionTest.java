package dev.caracal.job.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSnapshotFunctionTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir private Path folder;

    private Path control;
    private TwoInputStreamOperatorTestHarness<SourceStatus, DeadLetter, SourceStatus> harness;

    @BeforeEach
    void open() throws Exception {
        control = Files.createDirectory(folder.resolve("control"));
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private TwoInputStreamOperatorTestHarness<SourceStatus, DeadLetter, SourceStatus> harness()
            throws Exception {
        ControlLocation location =
                new ControlLocation(control.toString(), new AwsSettings("us-east-1", Map.of()));
        TwoInputStreamOperatorTestHarness<SourceStatus, DeadLetter, SourceStatus> made =
                new TwoInputStreamOperatorTestHarness<>(
                        new CoProcessOperator<>(
                                new SourceSnapshotFunction(location, Duration.ofSeconds(1))));
        return made;
    }

    private static SourceStatus shop(long receivedMillis) {
        return SourceStatus.none("shop", "Shop")
                .add(new SourceCount("shop", "Shop", "AWS.ALB", 2, 100, 1, 3, 900), receivedMillis);
    }

    private static DeadLetter denied(long timeMillis) {
        return new DeadLetter(
                "read",
                "access-denied",
                "403 AccessDenied",
                "shop",
                "s3://shop-logs/a",
                -1,
                "",
                timeMillis);
    }

    private HealthSnapshot.Entry awaitShop(String state) {
        return await().atMost(LIMIT).until(this::findShop, entry -> entry.state().equals(state));
    }

    private HealthSnapshot.Entry findShop() throws IOException {
        return snapshot()
                .find("shop")
                .orElseGet(
                        () -> new HealthSnapshot.Entry(SourceStatus.none("shop", ""), List.of()));
    }

    private HealthSnapshot snapshot() throws IOException {
        Path file = control.resolve(HealthSnapshot.PATH);
        return Files.exists(file)
                ? HealthSnapshot.parse(Files.readString(file))
                : new HealthSnapshot(0, List.of());
    }

    @Test
    void whatCameAndWhatWentWrongIsWritten() throws Exception {
        harness.processElement1(shop(1_000), 0);
        harness.processElement2(denied(2_000), 0);
        harness.processElement2(denied(3_000), 0);

        HealthSnapshot.Entry failing = awaitShop("failing");
        assertThat(failing.status()).isEqualTo(shop(1_000));
        assertThat(failing.problems())
                .containsExactly(
                        new SourceProblem(
                                "shop",
                                "read",
                                "access-denied",
                                "403 AccessDenied",
                                "s3://shop-logs/a",
                                2_000,
                                3_000,
                                2));

        harness.processElement1(shop(4_000), 0);
        assertThat(awaitShop("healthy").problems()).hasSize(1);

        harness.processElement2(denied(5_000), 0);
        assertThat(awaitShop("failing").problems())
                .extracting(SourceProblem::sinceMillis)
                .containsExactly(5_000L);

        harness.processElement1(SourceStatus.none("shop", "Shop").removed(), 0);
        await().atMost(LIMIT).until(() -> snapshot().sources().isEmpty());
    }

    @Test
    void nothingIsLostWhileTheLocationCannotBeWritten() throws Exception {
        Files.delete(control);
        harness.processElement1(shop(1_000), 0);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
        harness.processElement2(denied(500), 0);

        Files.createDirectory(control);

        assertThat(awaitShop("healthy").status()).isEqualTo(shop(1_000));
        assertThat(findShop().problems()).hasSize(1);
    }

    @Test
    void theIntervalIsASecondOrMore() {
        ControlLocation location =
                new ControlLocation(control.toString(), new AwsSettings("us-east-1", Map.of()));
        assertThatThrownBy(() -> new SourceSnapshotFunction(location, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("health.snapshot-interval is PT0.001S, expected at least 1 s");
    }

    @Test
    void anotherVersionIsNotGuessedAt() {
        assertThatThrownBy(() -> HealthSnapshot.parse("{\"version\": 2}"))
                .isInstanceOf(IOException.class)
                .hasMessage("health/sources.json has version 2, expected 1");
    }
}
