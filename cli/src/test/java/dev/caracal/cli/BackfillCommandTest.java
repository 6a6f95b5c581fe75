package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillCommandTest {

    @TempDir private Path control;

    @Test
    void aQueueHasNoPast() throws IOException {
        Files.writeString(
                Files.createDirectories(control.resolve("sources")).resolve("app.yml"),
                """
                type: sqs
                id: app
                name: App
                queueUrl: https://sqs.us-east-1.amazonaws.com/123456789012/app
                logTypes: [AWS.CloudTrail]
                allowedPrincipals: ["arn:aws:iam::111122223333:root"]
                """);

        Outcome outcome =
                CommandTester.run(
                        "backfill", "app", "--to", "2026-03-01", "--control", control.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("app is a queue, which has no past");
    }
}
