package dev.caracal.job.destination;

import dev.caracal.connectors.secrets.SecretReference;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somewhere alerts are sent to.
 *
 * @param id never changes, unlike the name; letters, digits, {@code . - _}
 * @param name for people; rules may name the destination by it or by its id
 * @param isDefault whether it gets alerts whose rule names no destination
 * @param severities of the alerts that it gets as a default
 * @param logTypes of the alerts that it gets as a default; empty for all
 * @param alertTypes of the alerts that it gets as a default
 * @param settings of its type by name; texts, or references to secrets
 * @param template of its requests; null if it is no webhook
 */
record Destination(
        String id,
        String name,
        DestinationType type,
        boolean isDefault,
        Set<Severity> severities,
        Set<String> logTypes,
        Set<String> alertTypes,
        Map<String, String> settings,
        @Nullable WebhookTemplate template) {

    /** What {@code alertTypes} may list: the names of {@link Alert.Type}. */
    static final List<String> ALERT_TYPES = List.of("RULE", "RULE_ERROR", "SYSTEM_HEALTH");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TOPIC =
            Pattern.compile("arn:aws(-[a-z]+)*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\\.fifo)?");
    private static final int MAX_NAME = 100;

    /**
     * @throws IllegalArgumentException beginning with the component or setting that is wrong
     */
    Destination {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id is \"" + id + "\"; expected 1 to 64 letters, digits, '.', '-' or '_'");
        }
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name is \"" + name + "\"; expected 1 to " + MAX_NAME + " characters");
        }
        severities = Set.copyOf(severities);
        logTypes = Set.copyOf(logTypes);
        alertTypes = Set.copyOf(alertTypes);
        settings = Map.copyOf(settings);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            check(type, setting.getKey(), setting.getValue());
        }
    }

    private static void check(DestinationType type, String setting, String value) {
        boolean isReference = SecretReference.isReference(value);
        if (isReference || (type.secret().contains(setting) && !value.isEmpty())) {
            checkReference(setting, value);
            return;
        }
        if (value.contains("${")) {
            throw new IllegalArgumentException(
                    setting + " has a reference in its middle; let the secret be the whole value");
        }
        switch (setting) {
            case "topicArn" -> {
                if (!TOPIC.matcher(value).matches()) {
                    throw new IllegalArgumentException(
                            "topicArn is \""
                                    + value
                                    + "\"; expected arn:aws:sns:REGION:ACCOUNT:NAME");
                }
            }
            case "url", "queueUrl" -> {
                checkUrl(setting, value);
                if (type == DestinationType.JIRA && value.endsWith("/")) {
                    throw new IllegalArgumentException(
                            "url is \"" + value + "\"; expected no slash at its end");
                }
            }
            default -> {}
        }
    }

    private static void checkReference(String setting, String value) {
        try {
            SecretReference.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + " is a secret: " + e.getMessage(), e);
        }
    }

    private static void checkUrl(String setting, String value) {
        try {
            URI url = new URI(value);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // As below, without the text: it may hold a password.
        }
        throw new IllegalArgumentException(
                setting + " is no URL such as https://example.com/path, without user or password");
    }

    /** Whether it gets an alert that names no destination. */
    boolean takesByDefault(Alert alert) {
        return isDefault
                && severities.contains(alert.severity())
                && alertTypes.contains(alert.type().name())
                && (logTypes.isEmpty() || alert.logTypes().stream().anyMatch(logTypes::contains));
    }

    /** Without the settings. */
    @Override
    public String toString() {
        return "Destination[id=" + id + ", type=" + type + ']';
    }
}
