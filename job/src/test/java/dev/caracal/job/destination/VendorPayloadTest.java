package dev.caracal.job.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.webhook.JsonTemplate;
import dev.caracal.connectors.webhook.TextTemplate;
import dev.caracal.connectors.webhook.WebhookDelivery;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each vendor is sent, against one file of an example for each. */
class VendorPayloadTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> SECRETS =
            Map.of(
                    "${secretsmanager:hook}", "https://example.com/services/T0/B0/x",
                    "${secretsmanager:key}", "routing-key-1",
                    "${secretsmanager:token}", "user@example.com:token-1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "webhook ~ url: https://example.com/hook ~ https://example.com/hook ~ ''",
                "slack ~ url: ${secretsmanager:hook} ~ https://example.com/services/T0/B0/x ~ ''",
                "teams ~ url: ${secretsmanager:hook} ~ https://example.com/services/T0/B0/x ~ ''",
                "pagerduty ~ secret: ${secretsmanager:key}"
                        + " ~ https://events.pagerduty.com/v2/enqueue ~ ''",
                "opsgenie ~ secret: ${secretsmanager:key}"
                        + " ~ https://api.opsgenie.com/v2/alerts ~ GenieKey routing-key-1",
                "jira ~ {url: https://acme.example.com, secret: '${secretsmanager:token}',"
                        + " project: SEC} ~ https://acme.example.com/rest/api/3/issue"
                        + " ~ Basic dXNlckBleGFtcGxlLmNvbTp0b2tlbi0x",
            })
    void isWhatItsDocumentationAsksFor(
            String type, String settings, String url, String authorization) throws Exception {
        WebhookDelivery delivery =
                AlertDeliveries.webhook(read(type, settings), Alerts.alert(null));
        JsonNode document = document(delivery);

        assertThat(TextTemplate.parse(delivery.url()).render(document)).isEqualTo(url);
        assertThat(
                        TextTemplate.parse(delivery.headers().getOrDefault("Authorization", ""))
                                .render(document))
                .isEqualTo(authorization.equals("''") ? "" : authorization);
        assertThat(JsonTemplate.parse(delivery.body()).render(document).toPrettyString())
                .isEqualTo(example(type).toPrettyString());
    }

    @Test
    void isTheSameForTheSameAlertButForNoOther() {
        Destination destination = read("webhook", "url: https://example.com/hook");

        assertThat(AlertDeliveries.webhook(destination, Alerts.alert(null)).idempotencyKey())
                .isEqualTo("5f2b8c0e4d1a47d3a7a7c9f0f6b2e1d4-3");
    }

    private static Destination read(String type, String settings) {
        String keys =
                settings.startsWith("{")
                        ? settings.substring(1, settings.length() - 1).replace(", ", "\n")
                        : settings;
        return DestinationReader.read(
                "destinations/x.yml",
                "id: x\nname: X\ntype: " + type + "\ndefault: true\n" + keys + "\n");
    }

    /** As the transport makes it: with the settings, and the secrets in them. */
    private static JsonNode document(WebhookDelivery delivery) throws Exception {
        ObjectNode document = (ObjectNode) JSON.readTree(delivery.document());
        ObjectNode settings = document.putObject(WebhookDelivery.SETTINGS);
        delivery.settings()
                .forEach((name, text) -> settings.put(name, SECRETS.getOrDefault(text, text)));
        return document;
    }

    private static JsonNode example(String type) throws Exception {
        try (InputStream in = VendorPayloadTest.class.getResourceAsStream(type + ".json")) {
            return JSON.readTree(Objects.requireNonNull(in, type));
        }
    }
}
