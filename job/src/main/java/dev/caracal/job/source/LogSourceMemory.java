package dev.caracal.job.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.job.schema.SchemaSource;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The log sources and schemas in force: what has to outlast a restart, so that a file that was
 * refused before it still has the version before in force.
 *
 * @param sources the files of the log sources, by path
 */
public record LogSourceMemory(List<SchemaSource> schemas, SortedMap<String, String> sources) {

    /** Of a new job. */
    public static final LogSourceMemory NONE =
            new LogSourceMemory(List.of(), Collections.emptySortedMap());

    private static final ObjectMapper JSON = new ObjectMapper();

    public LogSourceMemory {
        schemas = List.copyOf(schemas);
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    public String encode() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Log sources of strings cannot be written", e);
        }
    }

    public static LogSourceMemory decode(String text) {
        try {
            return JSON.readValue(text, LogSourceMemory.class);
        } catch (JsonProcessingException e) {
            // Without its source: that has the external ids of roles.
            throw new IllegalArgumentException(
                    "Not log sources that were in force: " + e.getOriginalMessage());
        }
    }
}
