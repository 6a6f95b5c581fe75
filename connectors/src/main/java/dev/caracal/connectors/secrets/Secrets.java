package dev.caracal.connectors.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.aws.AwsSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches secrets by reference, and keeps those of Secrets Manager for five minutes: so long does a
 * rotated secret take to be noticed. Safe for use by several threads.
 */
public final class Secrets implements AutoCloseable {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;
    private final SecretStore store;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(String secret, Instant until) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Kept[until=" + until + ']';
        }
    }

    /** Secrets of this process's environment, and of Secrets Manager. */
    public Secrets(AwsSettings aws) {
        this(System.getenv(), new SecretsManagerStore(aws), InstantSource.system());
    }

    Secrets(Map<String, String> environment, SecretStore store, InstantSource clock) {
        this.environment = environment;
        this.store = store;
        this.clock = clock;
    }

    /**
     * The secret behind a reference; a text that is no reference stands for itself.
     *
     * @throws SecretException if there is none, or it cannot be fetched
     */
    public String resolve(String text) throws SecretException {
        if (!SecretReference.isReference(text)) {
            return text;
        }
        SecretReference reference = SecretReference.parse(text);
        return switch (reference.store()) {
            case ENVIRONMENT ->
                    Optional.ofNullable(environment.get(reference.name()))
                            .filter(value -> !value.isEmpty())
                            .orElseThrow(() -> new SecretException(reference, "is not set", false));
            case SECRETS_MANAGER -> field(reference, stored(reference));
        };
    }

    private String stored(SecretReference reference) throws SecretException {
        Kept before = kept.get(reference.name());
        if (before != null && clock.instant().isBefore(before.until())) {
            return before.secret();
        }
        String secret =
                store.find(reference)
                        .orElseThrow(() -> new SecretException(reference, "does not exist", false));
        kept.put(reference.name(), new Kept(secret, clock.instant().plus(KEPT)));
        return secret;
    }

    private static String field(SecretReference reference, String secret) throws SecretException {
        if (reference.key().isEmpty()) {
            return secret;
        }
        JsonNode value;
        try {
            value = JSON.readTree(secret).path(reference.key());
        } catch (JsonProcessingException e) {
            // The exception quotes the secret.
            throw new SecretException(reference, "is no JSON object, so it has no keys", false);
        }
        if (!value.isValueNode() || value.isNull()) {
            throw new SecretException(reference, "has no text under its key", false);
        }
        return value.asText();
    }

    @Override
    public void close() {
        store.close();
    }
}
