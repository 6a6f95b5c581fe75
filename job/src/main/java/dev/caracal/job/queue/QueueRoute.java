package dev.caracal.job.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.job.parse.Route;
import dev.caracal.job.source.QueueSource;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What must be known of the messages of a queue. It travels with them as text, since the SQS source
 * knows nothing of log sources.
 *
 * @param sourceArns who may send to the queue; wildcards are allowed
 */
record QueueRoute(Route route, String logStream, List<String> sourceArns) {

    private static final ObjectMapper JSON = new ObjectMapper();

    QueueRoute {
        sourceArns = List.copyOf(sourceArns);
    }

    static QueueRoute of(QueueSource source) {
        return new QueueRoute(
                new Route(source.id(), source.name(), source.logTypes()),
                source.logStream(),
                source.allowedSourceArns());
    }

    String encode() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A route of strings cannot be written: " + this, e);
        }
    }

    static QueueRoute decode(String text) {
        try {
            return JSON.readValue(text, QueueRoute.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a queue's route: " + text, e);
        }
    }

    /** Whether one of the queue's allowed sources is meant. */
    boolean allows(String arn) {
        return sourceArns.stream().anyMatch(pattern -> matches(pattern, arn));
    }

    /** As IAM's ArnLike within one text: {@code *} stands for anything. */
    private static boolean matches(String pattern, String arn) {
        String[] parts = pattern.split("\\*", -1);
        StringBuilder regex = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            regex.append(".*").append(Pattern.quote(parts[i]));
        }
        return arn.matches(regex.toString());
    }
}
