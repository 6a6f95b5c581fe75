package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The template of Managed Flink before a tool that is not ours, and the jar that was built. */
class PackageITCase {

    private static final String OPTIONS =
            """
            control.location: s3://example-caracal-control/production
            output.location: s3://example-caracal-output/production
            sqs.queue-url: https://sqs.us-east-1.amazonaws.com/123456789012/caracal-notifications
            sns.topic-arn: arn:aws:sns:us-east-1:123456789012:caracal-alerts
            """;

    @TempDir private Path folder;

    private Outcome run(String options, String... arguments) throws Exception {
        Path config = Files.writeString(folder.resolve("caracal.yaml"), options);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(0, List.of("package", "--config=" + config, "--output=" + folder));
        return CommandTester.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules.builtin: false",
                "lake: {warehouse: s3://example-lake/tables, catalog: GLUE}",
                "rules.cache.dynamodb-table: rules"
            })
    void cloudFormationsLinterFindsNothing(String more) throws Exception {
        Path linter = Tool.require("cfn-lint", "--version", "resource schemas are not checked");
        Path jar = Files.writeString(folder.resolve("job.jar"), "the job");
        Outcome outcome =
                run(
                        OPTIONS + more,
                        "--jar=" + jar,
                        "--allow=arn:aws:kms:us-east-1:123456789012:key/1234",
                        "--alarm-topic=arn:aws:sns:us-east-1:123456789012:operators");
        assertThat(outcome.status()).as(outcome.err()).isZero();

        Tool.Run lint =
                Tool.run(
                        folder,
                        List.of(
                                linter.toString(),
                                folder.resolve("caracal-managed-flink.yml").toString()));

        assertThat(lint.output()).isEmpty();
        assertThat(lint.status()).isZero();
    }

    @Test
    void theJarThatWasBuiltIsSmallEnough() throws Exception {
        Outcome outcome = run(OPTIONS);

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .containsPattern("Jar: .*caracal-job-[0-9a-f]{12}\\.jar, [0-9,]+ MB");
    }
}
