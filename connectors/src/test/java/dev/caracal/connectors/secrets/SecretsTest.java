package dev.caracal.connectors.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("CARACAL_SECRET_SLACK", "hush", "CARACAL_SECRET_EMPTY", "", "OTHER", "no");

    private final Map<String, String> stored =
            new HashMap<>(
                    Map.of(
                            "caracal/plain",
                            "quiet",
                            "caracal/json",
                            "{\"url\": \"https://example.com\", \"port\": 7, \"deep\": {}}"));
    private final List<String> fetched = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private final Secrets secrets =
            new Secrets(
                    ENVIRONMENT,
                    new SecretStore() {
                        @Override
                        public Optional<String> find(SecretReference reference) {
                            fetched.add(reference.name());
                            return Optional.ofNullable(stored.get(reference.name()));
                        }

                        @Override
                        public void close() {}
                    },
                    () -> now);

    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "${env:CARACAL_SECRET_SLACK}, hush",
        "${secretsmanager:caracal/plain}, quiet",
        "${secretsmanager:caracal/json#url}, https://example.com",
        "${secretsmanager:caracal/json#port}, 7",
    })
    void aReferenceBecomesItsSecret(String text, String expected) throws Exception {
        assertThat(secrets.resolve(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "${env:CARACAL_SECRET_NONE}, is not set",
        "${env:CARACAL_SECRET_EMPTY}, is not set",
        "${secretsmanager:caracal/none}, does not exist",
        "${secretsmanager:caracal/json#none}, has no text under its key",
        "${secretsmanager:caracal/json#deep}, has no text under its key",
        "${secretsmanager:caracal/plain#key}, 'is no JSON object, so it has no keys'",
    })
    void aSecretThatIsMissingIsNamed(String reference, String reason) {
        assertThatThrownBy(() -> secrets.resolve(reference))
                .isInstanceOf(SecretException.class)
                .hasMessage("Secret " + reference + " " + reason)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hush-hush",
                "${env:OTHER}",
                "${env:AWS_SECRET_ACCESS_KEY}",
                "${env:CARACAL_AWS_CREDENTIALS_PROVIDER_BASIC_SECRETKEY}",
                "${env:CARACAL_SECRET_SLACK#key}",
                "${file:/etc/passwd}",
                "${secretsmanager:}",
                "${secretsmanager:a b}",
            })
    void anythingElseIsNoReference(String text) {
        assertThatThrownBy(() -> SecretReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush-hush");
    }

    @Test
    void aSecretIsFetchedAgainAfterFiveMinutes() throws Exception {
        secrets.resolve("${secretsmanager:caracal/json#url}");
        secrets.resolve("${secretsmanager:caracal/json#port}");
        stored.put("caracal/json", "{\"url\": \"https://example.com/new\"}");
        assertThat(secrets.resolve("${secretsmanager:caracal/json#url}"))
                .isEqualTo("https://example.com");
        assertThat(fetched).hasSize(1);

        now = now.plus(Duration.ofMinutes(5));

        assertThat(secrets.resolve("${secretsmanager:caracal/json#url}"))
                .isEqualTo("https://example.com/new");
    }

    @Test
    void theRegionOfAnArnIsThatOfTheSecret() {
        assertThat(
                        SecretReference.parse(
                                        "${secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:hook-AbCdEf#url}")
                                .region())
                .isEqualTo("eu-west-1");
        assertThat(SecretReference.parse("${secretsmanager:hook}").region()).isEmpty();
    }
}
