package dev.caracal.job.destination;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of destination, and the settings that its file may have. Those from {@link #WEBHOOK} on
 * are configurations of one webhook: each has a template of its own name among the resources.
 */
enum DestinationType {
    SNS(List.of("topicArn"), Map.of(), Set.of()),
    SQS(List.of("queueUrl"), Map.of(), Set.of()),
    WEBHOOK(List.of("url"), Map.of("secret", ""), Set.of("secret")),
    SLACK(List.of("url"), Map.of(), Set.of("url")),
    TEAMS(List.of("url"), Map.of(), Set.of("url")),
    PAGERDUTY(
            List.of("secret"),
            Map.of("url", "https://events.pagerduty.com/v2/enqueue"),
            Set.of("secret")),
    OPSGENIE(
            List.of("secret"),
            Map.of("url", "https://api.opsgenie.com/v2/alerts"),
            Set.of("secret")),
    JIRA(List.of("url", "secret", "project"), Map.of("issueType", "Task"), Set.of("secret"));

    private final List<String> required;
    private final Map<String, String> optional;
    private final Set<String> secret;

    DestinationType(List<String> required, Map<String, String> optional, Set<String> secret) {
        this.required = required;
        this.optional = optional;
        this.secret = secret;
    }

    /** As files name it; empty if there is none of that name. */
    static Optional<DestinationType> find(String name) {
        return Arrays.stream(values()).filter(type -> type.label().equals(name)).findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(DestinationType::label).toList();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isWebhook() {
        return this != SNS && this != SQS;
    }

    /** Settings that a file must have. */
    List<String> required() {
        return required;
    }

    /** Settings that a file may have, with what holds without. */
    Map<String, String> optional() {
        return optional;
    }

    /** Settings that are secrets: a file may only refer to them. */
    Set<String> secret() {
        return secret;
    }
}
