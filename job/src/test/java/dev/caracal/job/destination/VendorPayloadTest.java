package dev.caracal.job.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.webhook.JsonTemplate;
import dev.caracal.connectors.webhook.TextTemplate;
import dev.caracal.connectors.webhook.WebhookDelivery;
import dev.caracal.rules.Alert;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /**
     * The limits are in characters, those of the whole in bytes.
     *
     * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Slack's blocks</a>
     * @see <a href="https://learn.microsoft.com/en-us/connectors/teams/">Teams: about 28 KB</a>
     * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">PagerDuty's fields</a>,
     *     and <a href="https://developer.pagerduty.com/docs/events-api-v2-overview">512 KB</a>
     * @see <a href="https://docs.opsgenie.com/docs/alert-api#create-alert">Opsgenie's fields</a>
     */
    @ParameterizedTest
    @CsvSource({
        "slack, /blocks/0/text/text, 150",
        "slack, /blocks/1/fields/1/text, 2000",
        "slack, /blocks/1/fields/2/text, 2000",
        "slack, /blocks/2/text/text, 3000",
        "slack, /blocks/3/text/text, 3000",
        "teams, '', 28000",
        "pagerduty, /dedup_key, 255",
        "pagerduty, /payload/summary, 1024",
        "pagerduty, '', 524288",
        "opsgenie, /message, 130",
        "opsgenie, /alias, 512",
        "opsgenie, /description, 15000",
        "opsgenie, /entity, 512",
        "opsgenie, /source, 100",
        "opsgenie, /details, 8000",
        "jira, /fields/summary, 255",
        "jira, /fields/description, 32767",
    })
    void staysWithinTheLimitsOfItsDocumentation(String type, String pointer, int limit)
            throws Exception {
        // Three bytes in UTF-8.
        String text = "\u8b66".repeat(7_500);
        JsonNode payload = payload(type, Alerts.ofText(text));

        JsonNode part = payload.at(pointer);
        assertThat(part.isMissingNode()).isFalse();
        int length =
                pointer.isEmpty()
                        ? JSON.writeValueAsBytes(payload).length
                        : part.isTextual() ? part.asText().length() : part.toString().length();
        assertThat(length).isBetween(1, limit);
    }

    /**
     * A text that is empty is refused by Slack's blocks and by Jira's documents.
     *
     * @see <a
     *     href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">Text
     *     object</a>
     * @see <a
     *     href="https://developer.atlassian.com/cloud/jira/platform/apis/document/nodes/text/">Text
     *     node</a>
     */
    @ParameterizedTest
    @ValueSource(strings = {"slack", "jira", "teams"})
    void hasNoEmptyTextThoughTheAlertHasNone(String type) throws Exception {
        assertThat(payload(type, Alerts.ofText("")).findValues("text"))
                .filteredOn(JsonNode::isTextual)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text.asText()).isNotBlank());
    }

    private static JsonNode payload(String type, Alert alert) throws Exception {
        String settings =
                type.equals("jira")
                        ? "{url: https://acme.example.com, secret: '${secretsmanager:token}',"
                                + " project: SEC}"
                        : type.equals("slack") || type.equals("teams")
                                ? "url: ${secretsmanager:hook}"
                                : "secret: ${secretsmanager:key}";
        WebhookDelivery delivery = AlertDeliveries.webhook(read(type, settings), alert);
        return JsonTemplate.parse(delivery.body()).render(document(delivery));
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
