package dev.caracal.job.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.webhook.JsonTemplate;
import dev.caracal.connectors.webhook.TextTemplate;
import dev.caracal.connectors.webhook.WebhookDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The form of a destination's requests; every text in it is a template.
 *
 * @param url filled in from the destination's settings alone, as are the headers
 * @param body JSON, filled in from {@code alert}, {@code heading} and {@code destination}
 */
record WebhookTemplate(String method, String url, Map<String, String> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("POST", "PUT");

    /**
     * @throws IllegalArgumentException beginning with the component that is wrong
     */
    WebhookTemplate {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "method is \"" + method + "\"; expected POST or PUT");
        }
        headers = Map.copyOf(headers);
        headers.forEach(WebhookTemplate::checkHeader);
        try {
            JsonTemplate.parse(body);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("body has " + e.getMessage(), e);
        }
    }

    /** The template that comes with Caracal. */
    static WebhookTemplate builtin(DestinationType type) {
        String file = "templates/" + type.label() + ".json";
        try (InputStream in = WebhookTemplate.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + file + " is missing");
            }
            JsonNode json = JSON.readTree(in);
            Map<String, String> headers = new LinkedHashMap<>();
            json.path("headers")
                    .properties()
                    .forEach(entry -> headers.put(entry.getKey(), entry.getValue().textValue()));
            return new WebhookTemplate(
                    json.path("method").asText("POST"),
                    json.path("url").asText(),
                    headers,
                    json.path("body").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkHeader(String name, String value) {
        boolean token =
                !name.isEmpty()
                        && name.chars()
                                .allMatch(
                                        c ->
                                                c < 0x7f
                                                        && (Character.isLetterOrDigit(c)
                                                                || c == '-'
                                                                || c == '_'));
        if (!token) {
            throw new IllegalArgumentException(
                    "headers has the name \"" + name + "\"; expected letters, digits, '-' or '_'");
        }
        if (!TextTemplate.parse(value).onlyUses(WebhookDelivery.SETTINGS)) {
            throw new IllegalArgumentException(
                    "headers has placeholders in "
                            + name
                            + " that do not begin with "
                            + WebhookDelivery.SETTINGS);
        }
        if (isForSecrets(name) && !value.contains("{{")) {
            // Without the value, which may be the secret itself.
            throw new IllegalArgumentException(
                    "headers has a fixed value in "
                            + name
                            + "; expected {{destination.secret}}, so that no secret stands here");
        }
    }

    private static boolean isForSecrets(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("auth")
                || lower.contains("cookie")
                || lower.contains("key")
                || lower.contains("password")
                || lower.contains("secret")
                || lower.contains("token");
    }
}
