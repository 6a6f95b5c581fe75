package dev.caracal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigurationTest {

    @TempDir private Path folder;

    private static JobConfiguration configuration() {
        return new JobConfiguration(JobOptions.everything());
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("caracal.yaml"), yaml);
    }

    @Test
    void defaultsAreThoseOfTheOptions() {
        Configuration options = configuration().toConfiguration();

        assertThat(options.get(JobOptions.CONTROL_INTERVAL)).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.get(JobOptions.BUILTIN_RULES)).isTrue();
        assertThat(options.get(JobOptions.RULE_TIME_LIMIT)).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.getOptional(JobOptions.RULE_CACHE_DIRECTORY)).isEmpty();
        assertThat(options.getOptional(JobOptions.RULE_CACHE_TABLE)).isEmpty();
        assertThat(options.get(JobOptions.RULE_CACHE_TIMEOUT)).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.get(JobOptions.LANES)).isEqualTo(64);
        assertThat(options.get(JobOptions.OBJECT_TIME_TO_LIVE)).isEqualTo(Duration.ofDays(15));
    }

    @Test
    void laterOriginsWin() throws IOException {
        Properties group = new Properties();
        group.setProperty("control.location", "s3://group/control");
        group.setProperty("output.location", "s3://group/output");
        group.setProperty("sqs.queue-url", "https://sqs.example.com/1/group");

        Configuration options =
                configuration()
                        .addPropertyGroups(Map.of("caracal", group))
                        .addFile(
                                file(
                                        """
                                        output:
                                          location: s3://file/output
                                        sqs.queue-url: https://sqs.example.com/1/file
                                        control: {interval: 5 s}
                                        """))
                        .addEnvironment(
                                Map.of(
                                        "CARACAL_SQS_QUEUE_URL", "https://sqs.example.com/1/env",
                                        "PATH", "/bin"))
                        .toConfiguration();

        assertThat(options.get(JobOptions.CONTROL_LOCATION)).isEqualTo("s3://group/control");
        assertThat(options.get(JobOptions.OUTPUT_LOCATION)).isEqualTo("s3://file/output");
        assertThat(options.get(SqsSourceOptions.QUEUE_URL))
                .isEqualTo("https://sqs.example.com/1/env");
        assertThat(options.get(JobOptions.CONTROL_INTERVAL)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatTheCommandLineSaysWinsOverFileAndEnvironment() throws IOException {
        Path file =
                file("{control.interval: 5 s, parse.lanes-per-bucket: 8, rules.builtin: false}");

        Configuration options =
                configuration()
                        .addArguments(
                                List.of(
                                        "--option",
                                        "control.interval=7 s",
                                        "--config",
                                        file.toString(),
                                        "--option",
                                        "output.location=s3://bucket/a=b"),
                                Map.of(
                                        "CARACAL_CONTROL_INTERVAL", "6 s",
                                        "CARACAL_PARSE_LANES_PER_BUCKET", "9"))
                        .toConfiguration();

        assertThat(options.get(JobOptions.CONTROL_INTERVAL)).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.get(JobOptions.LANES)).isEqualTo(9);
        assertThat(options.get(JobOptions.BUILTIN_RULES)).isFalse();
        assertThat(options.get(JobOptions.OUTPUT_LOCATION)).isEqualTo("s3://bucket/a=b");
    }

    @ParameterizedTest
    @CsvSource({
        "--option a,         Argument 1 is --option",
        "--config,           Argument 1 is --config",
        "--option no.such=1, there is no option \"no.such\"",
        "--parallelism 4,    expected --config FILE or --option KEY=VALUE"
    })
    void anArgumentThatDoesNotFitRefusesTheStart(String arguments, String message) {
        assertThatThrownBy(
                        () -> configuration().addArguments(List.of(arguments.split(" ")), Map.of()))
                .hasMessageContaining(message);
    }

    @Test
    void anOptionThatDoesNotExistRefusesTheStart() {
        assertThatThrownBy(() -> configuration().addFile(file("control.locaton: x")))
                .hasMessageContaining("caracal.yaml: there is no option \"control.locaton\"")
                .hasMessageContaining("control.location");
    }

    @Test
    void propertyGroupsAreReadAsManagedFlinkWritesThem() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("application_properties.json"),
                        """
                        [
                          {"PropertyGroupId": "caracal",
                           "PropertyMap": {"control.location": "s3://example-control/production"}},
                          {"PropertyGroupId": "more", "PropertyMap": {"rules.builtin": "false"}}
                        ]
                        """);

        Configuration options =
                configuration()
                        .addPropertyGroups(
                                KinesisAnalyticsRuntime.getApplicationProperties(file.toString()))
                        .toConfiguration();

        assertThat(options.get(JobOptions.CONTROL_LOCATION))
                .isEqualTo("s3://example-control/production");
        assertThat(options.get(JobOptions.BUILTIN_RULES)).isFalse();
    }

    @Test
    void aPropertyThatDoesNotExistRefusesTheStart() {
        Properties group = new Properties();
        group.setProperty("control.locaton", "s3://group/control");

        assertThatThrownBy(() -> configuration().addPropertyGroups(Map.of("caracal", group)))
                .hasMessageContaining(
                        "property group caracal: there is no option \"control.locaton\"");
    }

    @Test
    void aValueThatDoesNotFitRefusesTheStart() {
        assertThatThrownBy(() -> configuration().addFile(file("parse.lanes-per-bucket: many")))
                .hasMessageContaining("caracal.yaml: the value of parse.lanes-per-bucket");
    }

    @Test
    void aFileThatIsNoYamlRefusesTheStart() {
        assertThatThrownBy(() -> configuration().addFile(file("control: [")))
                .hasMessageContaining("caracal.yaml");
        assertThatThrownBy(() -> configuration().addFile(file("control")))
                .hasMessageContaining("caracal.yaml: expected keys and values");
    }

    @Test
    void everyOptionIsDescribedAndNamedOnce() {
        assertThat(JobOptions.everything()).extracting(ConfigOption::key).doesNotHaveDuplicates();
        assertThat(JobOptions.everything())
                .allSatisfy(
                        option ->
                                assertThat(JobConfiguration.describe(option))
                                        .as(option.key())
                                        .isNotBlank());
    }
}
