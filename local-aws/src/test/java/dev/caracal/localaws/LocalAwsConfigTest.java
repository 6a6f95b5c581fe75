package dev.caracal.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalAwsConfigTest {

    @Test
    void secretsAreNotPrinted() {
        LocalAwsConfig config = LocalAwsConfig.parse(TestCloud.CONFIG, "test");
        assertThat(config.toString())
                .contains("AKIACUSTOMER", "Reader")
                .doesNotContain("customer-secret", TestCloud.EXTERNAL_ID);
    }

    @Test
    void whatIsLeftOutHasDefaults() {
        LocalAwsConfig config =
                LocalAwsConfig.parse(
                        """
                        {"sqs": {"account": "999999999999"},
                         "accounts": [{"id": "111111111111", "buckets": [{"name": "b"}],
                                       "topics": [{"name": "t"}]}]}
                        """,
                        "test");
        assertThat(config.sqs().region()).isEqualTo("us-east-1");
        assertThat(config.accounts().get(0).buckets().get(0).region()).isEqualTo("us-east-1");
        assertThat(config.accounts().get(0).topics().get(0).region()).isEqualTo("us-east-1");
        assertThat(config.alwaysConfirmSubscriptions()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"accounts\": [{\"id\": \"12\"}]} | file.json, line 1: account is '12', 12 digits expected",
                "{\"acounts\": []} | Unrecognized field \"acounts\"",
                "{\"accounts\": [{\"id\": \"111111111111\", \"buckets\": [{}]}]} | a bucket's name is missing",
                "{\"accounts\": [{\"id\": \"111111111111\", \"accessKeys\": [{\"id\": \"A\"}]}]} | the secret of access key A is missing",
                "{\"accounts\": [{\"id\": \"111111111111\", \"accessKeys\": [{\"id\": \"A\", \"secret\": \"s\"}, {\"id\": \"A\", \"secret\": \"t\"}]}]} | access key A is there twice",
                "{\"accounts\": [{\"id\": \"111111111111\", \"roles\": [{\"name\": \"r\", \"grants\": [{\"bucket\": \"b\", \"access\": \"all\"}]}]}]} | access is 'all', 'read' or 'read-write' expected",
                "nonsense | file.json, line 1",
            })
    void mistakesAreNamedWithFileAndLine(String json, String reason) {
        assertThatThrownBy(() -> LocalAwsConfig.parse(json, "file.json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file.json")
                .hasMessageContaining(reason);
    }
}
