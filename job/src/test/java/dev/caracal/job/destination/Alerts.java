package dev.caracal.job.destination;

import dev.caracal.rules.Alert;
import dev.caracal.rules.Report;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts for tests. */
final class Alerts {

    private static final long TIME = Instant.parse("2026-11-24T10:15:00Z").toEpochMilli();

    private Alerts() {}

    /** A full alert of high severity. */
    static Alert alert(@Nullable List<String> destinations) {
        return alert(Alert.Type.RULE, Severity.HIGH, "AWS.CloudTrail", destinations, "{}");
    }

    /** An alert whose every text is as given, also in its context. */
    static Alert ofText(String text) {
        return new Alert(
                "5f2b8c0e4d1a47d3a7a7c9f0f6b2e1d4",
                text,
                text,
                Alert.Type.RULE,
                Severity.CRITICAL,
                text,
                text,
                text,
                text,
                text,
                List.of(text),
                List.of(),
                null,
                List.of(text),
                3,
                TIME,
                TIME,
                TIME,
                TIME,
                "{\"text\":\"" + text + "\"}",
                List.of("row-1"),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    static Alert alert(
            Alert.Type type,
            Severity severity,
            String logType,
            @Nullable List<String> destinations,
            String event) {
        return new Alert(
                "5f2b8c0e4d1a47d3a7a7c9f0f6b2e1d4",
                "AWS.Root.Login",
                "9f8e7d6c",
                type,
                severity,
                "Root login in \"production\"\nby <!channel> & [you](https://example.com)",
                "123456789012",
                "The root user of an account has logged in.",
                "Ask the account's owner.",
                "https://example.com/runbooks/root",
                List.of("AWS", "Identity"),
                List.of(new Report("CIS", List.of("1.1"))),
                destinations,
                List.of(logType),
                3,
                TIME - 60_000,
                TIME,
                TIME,
                TIME,
                "{\"sourceIPAddress\":\"192.0.2.7\",\"text\":\"{{destination.secret}}\"}",
                List.of("row-1", "row-2", "row-3"),
                event.getBytes(StandardCharsets.UTF_8));
    }
}
