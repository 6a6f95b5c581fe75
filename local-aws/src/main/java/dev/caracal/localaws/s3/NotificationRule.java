package dev.caracal.localaws.s3;

import java.util.List;

/**
 * One entry of a bucket's notification configuration.
 *
 * @param destination the ARN of a topic or a queue
 * @param events such as {@code s3:ObjectCreated:*} or {@code s3:ObjectCreated:Put}
 * @param prefix what keys begin with; empty means any
 * @param suffix what keys end with; empty means any
 */
public record NotificationRule(
        String id, String destination, List<String> events, String prefix, String suffix) {

    public NotificationRule {
        events = List.copyOf(events);
    }

    /** Whether it wants an event, named as {@code ObjectCreated:Put}, of a key. */
    boolean wants(String eventName, String key) {
        return key.startsWith(prefix) && key.endsWith(suffix) && covers("s3:" + eventName);
    }

    boolean overlaps(NotificationRule other) {
        return (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
                && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix))
                && events.stream()
                        .anyMatch(
                                event ->
                                        other.covers(event)
                                                || other.events.stream().anyMatch(this::covers));
    }

    private boolean covers(String event) {
        return events.contains(event) || events.contains("s3:ObjectCreated:*");
    }
}
