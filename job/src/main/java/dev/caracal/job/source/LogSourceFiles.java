package dev.caracal.job.source;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The log sources of the control location, and what is wrong with the files that were refused.
 *
 * <p>A file that is wrong changes nothing: the version before it stays in force.
 *
 * @param byPath the log sources in force
 * @param problems by path, a message for each refused file
 */
public record LogSourceFiles(Map<String, LogSource> byPath, Map<String, String> problems) {

    /** No log sources. */
    public static final LogSourceFiles NONE = new LogSourceFiles(Map.of(), Map.of());

    public LogSourceFiles {
        byPath = Map.copyOf(byPath);
        problems = Map.copyOf(problems);
    }

    public LogSources sources() {
        return new LogSources(byPath.values());
    }

    /**
     * Reads the files anew. Where two of them claim the same id or the same prefix of a bucket, the
     * one whose path sorts first has it.
     *
     * @param yamlByPath all files there are; those that are gone take their log source with them
     */
    public LogSourceFiles update(SortedMap<String, String> yamlByPath, LogSourceReader reader) {
        Map<String, LogSource> accepted = new LinkedHashMap<>();
        Map<String, String> refused = new HashMap<>();
        Map<String, String> claims = new HashMap<>();
        yamlByPath.forEach(
                (path, yaml) -> {
                    LogSource source = readOrKeep(path, yaml, reader, refused);
                    if (source == null) {
                        return;
                    }
                    Optional<String> conflict = claim(path, source, claims);
                    if (conflict.isPresent()) {
                        refused.put(path, path + ": " + conflict.get());
                        return;
                    }
                    accepted.put(path, source);
                });
        return new LogSourceFiles(accepted, refused);
    }

    private @Nullable LogSource readOrKeep(
            String path, String yaml, LogSourceReader reader, Map<String, String> refused) {
        try {
            return reader.read(path, yaml);
        } catch (LogSourceException e) {
            refused.put(path, String.valueOf(e.getMessage()));
            return byPath.get(path);
        }
    }

    private static Optional<String> claim(
            String path, LogSource source, Map<String, String> claims) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("id " + source.id(), path);
        for (PrefixLogTypes entry : source.prefixLogTypes()) {
            wanted.put("s3://" + source.bucket() + "/" + entry.prefix(), path);
        }
        for (String claim : wanted.keySet()) {
            if (claims.containsKey(claim)) {
                return Optional.of(claim + " is already claimed by " + claims.get(claim));
            }
        }
        claims.putAll(wanted);
        return Optional.empty();
    }
}
