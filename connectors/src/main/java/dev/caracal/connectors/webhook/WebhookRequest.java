package dev.caracal.connectors.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.secrets.SecretException;
import dev.caracal.connectors.secrets.SecretReference;
import dev.caracal.connectors.secrets.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request filled in, secrets included: it lives for one attempt and is shown to nobody.
 *
 * @param secrets the secrets in it, to take them out of what the destination answers
 */
record WebhookRequest(
        String method, URI url, Map<String, String> headers, byte[] body, List<String> secrets) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @throws SecretException if a secret cannot be fetched
     * @throws IllegalArgumentException if what is filled in makes no request; the message holds
     *     nothing of it
     */
    static WebhookRequest of(WebhookDelivery delivery, Secrets secrets, boolean allowHttp)
            throws SecretException {
        ObjectNode document = document(delivery);
        ObjectNode settings = document.putObject(WebhookDelivery.SETTINGS);
        List<String> hidden = new ArrayList<>();
        for (Map.Entry<String, String> setting : delivery.settings().entrySet()) {
            String value = secrets.resolve(setting.getValue());
            settings.put(setting.getKey(), value);
            if (SecretReference.isReference(setting.getValue())) {
                hidden.add(value);
                hidden.add(new TextFilter.Base64Text().apply(value));
            }
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json");
        delivery.headers().forEach((name, text) -> headers.put(name, header(name, text, document)));
        headers.put("Idempotency-Key", delivery.idempotencyKey());
        return new WebhookRequest(
                delivery.method(),
                url(TextTemplate.parse(delivery.url()).render(document), allowHttp),
                headers,
                body(delivery, document),
                hidden);
    }

    private static ObjectNode document(WebhookDelivery delivery) {
        try {
            return (ObjectNode) JSON.readTree(delivery.document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The document is no JSON", e);
        }
    }

    private static byte[] body(WebhookDelivery delivery, JsonNode document) {
        return JsonTemplate.parse(delivery.body())
                .render(document)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String header(String name, String text, JsonNode document) {
        String value = TextTemplate.parse(text).render(document);
        if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the header " + name + " is not of printable ASCII characters");
        }
        return value;
    }

    /**
     * @throws IllegalArgumentException if requests may not go there; without the URL, since it may
     *     be a secret
     */
    private static URI url(String text, boolean allowHttp) {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException e) {
            // The exception quotes the URL.
            throw new IllegalArgumentException("the URL is none");
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
            throw new IllegalArgumentException("the URL does not begin with https://");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException("the URL has no host");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the URL has a user or password; use a header Authorization");
        }
        return url;
    }

    /** A text without the secrets in it. */
    String redact(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "***");
        }
        return redacted;
    }

    /** Without all that may be secret. */
    @Override
    public String toString() {
        return "WebhookRequest[method=" + method + ", " + body.length + " bytes]";
    }
}
