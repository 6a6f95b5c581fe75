package dev.caracal.connectors.webhook;

import dev.caracal.connectors.delivery.Delivery;
import java.util.Map;
import java.util.Objects;

/**
 * A request to make, not yet filled in: secrets are fetched when it goes out, and are never part of
 * it.
 *
 * @param destination id of the destination
 * @param idempotencyKey the same for the same request made again; sent as {@code Idempotency-Key}
 * @param method {@code POST} or {@code PUT}
 * @param url a {@link TextTemplate} over the settings alone
 * @param headers by name, {@link TextTemplate}s over the settings alone
 * @param body a {@link JsonTemplate} over the document and, under {@code destination}, the settings
 * @param settings of the destination by name; texts, or references to secrets
 * @param document a JSON object
 */
public record WebhookDelivery(
        String destination,
        String idempotencyKey,
        String method,
        String url,
        Map<String, String> headers,
        String body,
        Map<String, String> settings,
        String document)
        implements Delivery {

    /** Name of the settings in templates. */
    public static final String SETTINGS = "destination";

    public WebhookDelivery {
        Objects.requireNonNull(destination, "destination is null");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey is null");
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(url, "url is null");
        Objects.requireNonNull(body, "body is null");
        Objects.requireNonNull(document, "document is null");
        headers = Map.copyOf(headers);
        settings = Map.copyOf(settings);
    }

    @Override
    public String text() {
        return document;
    }

    /** The identity alone: settings and body are long. */
    @Override
    public String toString() {
        return "WebhookDelivery[destination=" + destination + ", key=" + idempotencyKey + ']';
    }
}
