package dev.caracal.job.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.job.source.LogSources;
import java.util.List;

/**
 * What the parsing stage must know of an object: the log source it belongs to and the log types
 * that may lie in it. It travels with the object as text, since the reader knows nothing of log
 * types.
 */
public record Route(String sourceId, String sourceLabel, List<String> logTypes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Route {
        logTypes = List.copyOf(logTypes);
    }

    public static Route of(LogSources.Found found) {
        return new Route(
                found.source().id(), found.source().name(), found.prefixLogTypes().logTypes());
    }

    public String encode() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A route of strings cannot be written: " + this, e);
        }
    }

    static Route decode(String text) {
        try {
            return JSON.readValue(text, Route.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a route: " + text, e);
        }
    }
}
