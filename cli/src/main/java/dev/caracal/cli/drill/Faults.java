package dev.caracal.cli.drill;

import dev.caracal.cli.demo.DemoAccounts;
import dev.caracal.cli.samples.SampleAccount;
import java.time.Duration;
import java.util.List;

/** All faults of the drill, in the order in which they are run. */
final class Faults {

    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private Faults() {}

    static List<Fault> all() {
        return List.of(
                new KilledTaskManager(),
                new KilledJobManager(),
                new PausedTaskManager(),
                new FullDisk(),
                new AwsFault(
                        "s3-503",
                        "S3 answers 503 to reads of logs and to all requests for the output bucket",
                        OUTAGE,
                        List.of(
                                """
                                {"kind": "s3-slow-down", "bucket": "%s", "operation": "GetObject"}"""
                                        .formatted(SampleAccount.SHOP.bucket()),
                                """
                                {"kind": "s3-slow-down", "bucket": "%s"}"""
                                        .formatted(DemoAccounts.OUTPUT_BUCKET))),
                new AwsFault(
                        "sts-denied",
                        "the sessions expire, and STS denies new ones",
                        OUTAGE,
                        List.of(
                                """
                                {"kind": "expired-session", "bucket": "%s"}"""
                                        .formatted(SampleAccount.SHOP.bucket()),
                                """
                                {"kind": "sts-refusal"}""")),
                new AwsFault(
                        "sns-down",
                        "SNS answers 500",
                        OUTAGE,
                        List.of(
                                """
                                {"kind": "sns-refusal"}""")),
                new PoisonObjects(),
                new HostileRule(
                        "looping-rule",
                        "a rule loops for ever",
                        """
                            while True:
                                pass
                        """),
                new HostileRule(
                        "allocating-rule",
                        "a rule allocates without end",
                        """
                            kept = []
                            while True:
                                kept.append(bytearray(10000000))
                        """),
                new Burst(),
                new ClockJump());
    }
}
