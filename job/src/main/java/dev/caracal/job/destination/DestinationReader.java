package dev.caracal.job.destination;

import dev.caracal.rules.Severity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a destination from its YAML file.
 *
 * <pre>{@code
 * id: oncall
 * name: On-call channel
 * type: slack
 * default: true
 * severities: [HIGH, CRITICAL]     # optional: all
 * logTypes: [AWS.CloudTrail]       # optional: all
 * alertTypes: [RULE]               # optional: all
 * url: ${secretsmanager:caracal/slack#url}
 * }</pre>
 *
 * The last keys depend on the type, see {@link DestinationType}; {@code method}, {@code headers}
 * and {@code body} take the place of what the type's template says.
 */
final class DestinationReader {

    private static final List<String> COMMON =
            List.of("id", "name", "type", "default", "severities", "logTypes", "alertTypes");
    private static final List<String> TEMPLATE = List.of("method", "headers", "body");

    private DestinationReader() {}

    /**
     * @param path the file's name, for messages
     * @throws DestinationException naming the file, the line and what was expected
     */
    static Destination read(String path, String yaml) {
        DestinationYaml file = DestinationYaml.parse(path, yaml);
        String label = file.text("type");
        DestinationType type =
                DestinationType.find(label)
                        .orElseThrow(
                                () ->
                                        file.wrongValue(
                                                "type",
                                                "there is no type \""
                                                        + label
                                                        + "\"; expected one of "
                                                        + DestinationType.labels()));
        file.requireKnownKeys(keys(type));
        return file.build(() -> destination(file, type));
    }

    private static Set<String> keys(DestinationType type) {
        Set<String> keys = new TreeSet<>(COMMON);
        keys.addAll(type.required());
        keys.addAll(type.optional().keySet());
        if (type.isWebhook()) {
            keys.addAll(TEMPLATE);
        }
        return keys;
    }

    private static Destination destination(DestinationYaml file, DestinationType type) {
        return new Destination(
                file.text("id"),
                file.text("name"),
                type,
                file.flag("default"),
                Set.copyOf(
                        file.list("severities", DestinationReader::severity)
                                .orElse(List.of(Severity.values()))),
                Set.copyOf(file.list("logTypes", text -> text).orElse(List.of())),
                Set.copyOf(
                        file.list("alertTypes", DestinationReader::alertType)
                                .orElse(Destination.ALERT_TYPES)),
                settings(file, type),
                type.isWebhook() ? template(file, WebhookTemplate.builtin(type)) : null);
    }

    private static Severity severity(String text) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.name().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "severities has \""
                                                + text
                                                + "\"; expected some of "
                                                + List.of(Severity.values())));
    }

    private static String alertType(String text) {
        if (!Destination.ALERT_TYPES.contains(text)) {
            throw new IllegalArgumentException(
                    "alertTypes has \"" + text + "\"; expected some of " + Destination.ALERT_TYPES);
        }
        return text;
    }

    private static Map<String, String> settings(DestinationYaml file, DestinationType type) {
        Map<String, String> settings = new HashMap<>(type.optional());
        type.required().forEach(key -> settings.put(key, file.text(key)));
        type.optional()
                .keySet()
                .forEach(key -> file.find(key).ifPresent(text -> settings.put(key, text)));
        return settings;
    }

    private static WebhookTemplate template(DestinationYaml file, WebhookTemplate builtin) {
        return new WebhookTemplate(
                file.find("method").orElse(builtin.method()),
                builtin.url(),
                file.texts("headers").orElse(builtin.headers()),
                file.find("body").orElse(builtin.body()));
    }
}
