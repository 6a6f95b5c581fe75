package dev.caracal.connectors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.Description;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

class AwsSettingsTest {

    private static final Map<String, String> BASIC =
            Map.of(
                    "aws.region", "eu-west-1",
                    "aws.credentials.provider", "BASIC",
                    "aws.credentials.provider.basic.accesskeyid", "AKIAEXAMPLE",
                    "aws.credentials.provider.basic.secretkey", "hidden-key");

    @Test
    void defaultsLeaveEverythingToTheSdk() {
        AwsSettings settings = settings(Map.of());

        assertThat(settings.region()).isEmpty();
        assertThat(settings.options()).isEmpty();
        assertThat(settings.pathStyle()).isFalse();
        assertThat(settings.get(AwsOptions.CREDENTIALS.type)).isEqualTo(CredentialsType.AUTO);
        assertThat(settings.get(AwsOptions.MAX_CONCURRENCY)).isEqualTo(64);
        assertThat(settings.get(AwsOptions.READ_TIMEOUT)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.get(AwsOptions.CONNECTION_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(AwsOptions.MAX_ATTEMPTS)).isEqualTo(5);
        assertThat(Stream.of(AwsService.values()).map(settings::endpoint))
                .allMatch(e -> e.isEmpty());
    }

    @Test
    void everyOptionHasADescriptionAndAKeyOfItsOwn() {
        assertThat(AwsOptions.all())
                .noneMatch(option -> option.description().equals(Description.builder().build()));
        assertThat(AwsOptions.all().stream().map(option -> option.key())).doesNotHaveDuplicates();
    }

    @Test
    void anEndpointOfTheServicesOwnGoesBeforeTheOneForAll() {
        AwsSettings settings =
                settings(
                        Map.of(
                                "aws.endpoint", "http://127.0.0.1:1",
                                "aws.s3.endpoint", "http://127.0.0.1:2",
                                "aws.s3.path-style-access", "true"));

        assertThat(settings.endpoint(AwsService.S3)).contains(URI.create("http://127.0.0.1:2"));
        assertThat(settings.endpoint(AwsService.SNS)).contains(URI.create("http://127.0.0.1:1"));
        assertThat(settings.pathStyle()).isTrue();
    }

    @Test
    void basicCredentialsComeFromTheOptions() {
        AwsCredentials credentials = settings(BASIC).credentials().resolveCredentials();

        assertThat(credentials.accessKeyId()).isEqualTo("AKIAEXAMPLE");
        assertThat(credentials.secretAccessKey()).isEqualTo("hidden-key");
    }

    @Test
    void toStringHidesSecrets() {
        AwsSettings settings =
                settings(
                        Map.of(
                                "aws.region", "eu-west-1",
                                "aws.credentials.provider", "ASSUME_ROLE",
                                "aws.credentials.provider.role.arn",
                                        "arn:aws:iam::123456789012:role/x",
                                "aws.credentials.provider.role.externalId", "hidden-id",
                                "aws.credentials.provider.role.provider", "BASIC",
                                "aws.credentials.provider.role.provider.basic.accesskeyid",
                                        "hidden-1",
                                "aws.credentials.provider.role.provider.basic.secretkey",
                                        "hidden-2"));

        assertThat(settings.toString())
                .contains("eu-west-1", "arn:aws:iam::123456789012:role/x")
                .doesNotContain("hidden");
    }

    @Test
    void otherKeysOfTheConfigurationStayOut() {
        assertThat(settings(Map.of("parallelism.default", "3", "aws.region", "x")).options())
                .containsOnlyKeys("aws.region");
    }

    @Test
    void travelsToTheTasks() throws Exception {
        AwsSettings settings = settings(BASIC);

        assertThat(InstantiationUtil.clone(settings)).isEqualTo(settings);
    }

    @ParameterizedTest
    @MethodSource
    void badValuesAreRefusedWithTheKeyThatIsMeant(Map<String, String> options, String message) {
        assertThatThrownBy(() -> settings(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasStackTraceContaining(message);
    }

    static Stream<Arguments> badValuesAreRefusedWithTheKeyThatIsMeant() {
        return Stream.of(
                Arguments.of(
                        Map.of("aws.http-client.max-concurrency", "many"),
                        "aws.http-client.max-concurrency"),
                Arguments.of(
                        Map.of("aws.credentials.provider", "BASIC"),
                        "aws.credentials.provider.basic.accesskeyid is missing, BASIC needs it"),
                Arguments.of(
                        Map.of("aws.credentials.provider", "ASSUME_ROLE"),
                        "aws.credentials.provider.role.arn is missing"),
                Arguments.of(
                        Map.of(
                                "aws.credentials.provider", "ASSUME_ROLE",
                                "aws.credentials.provider.role.arn", "arn:aws:iam::1:role/x",
                                "aws.credentials.provider.role.provider", "ASSUME_ROLE",
                                "aws.credentials.provider.role.provider.role.arn", "arn:x"),
                        "aws.credentials.provider.role.provider is ASSUME_ROLE"),
                Arguments.of(Map.of("aws.sqs.endpoint", "sqs.local"), "Endpoint is sqs.local"));
    }

    @ParameterizedTest
    @CsvSource({"BASIC", "ENV_VAR", "SYS_PROP", "PROFILE", "AUTO", "ASSUME_ROLE"})
    void clientsCanBeBuiltAndClosedWithEveryTypeOfCredentials(CredentialsType type) {
        Configuration config = Configuration.fromMap(BASIC);
        config.set(AwsOptions.CREDENTIALS.type, type);
        config.set(AwsOptions.CREDENTIALS.roleArn, "arn:aws:iam::123456789012:role/x");

        try (AwsClients clients = new AwsClients(AwsSettings.from(config))) {
            assertThat(clients.s3().serviceName()).isEqualTo("s3");
            assertThat(clients.sqs().serviceName()).isEqualTo("sqs");
            assertThat(clients.sns().serviceName()).isEqualTo("sns");
            assertThat(clients.sts().serviceName()).isEqualTo("sts");
        }
    }

    private static AwsSettings settings(Map<String, String> options) {
        return AwsSettings.from(Configuration.fromMap(options));
    }
}
