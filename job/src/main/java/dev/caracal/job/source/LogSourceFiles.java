package dev.caracal.job.source;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log sources of the control location, and what is wrong with the files that were refused.
 *
 * <p>A file that is wrong changes nothing: the version before it stays in force.
 *
 * @param byPath the buckets in force
 * @param queuesByPath the queues in force
 * @param problems by path, a message for each refused file
 */
public record LogSourceFiles(
        Map<String, LogSource> byPath,
        Map<String, QueueSource> queuesByPath,
        Map<String, String> problems) {

    /** No log sources. */
    public static final LogSourceFiles NONE = new LogSourceFiles(Map.of(), Map.of(), Map.of());

    public LogSourceFiles {
        byPath = Map.copyOf(byPath);
        queuesByPath = Map.copyOf(queuesByPath);
        problems = Map.copyOf(problems);
    }

    public LogSources sources() {
        return new LogSources(byPath.values());
    }

    /** The files in force, as they would be written now. */
    SortedMap<String, String> yamlByPath() {
        SortedMap<String, String> yaml = new TreeMap<>();
        byPath.forEach((path, source) -> yaml.put(path, LogSourceWriter.yaml(source)));
        queuesByPath.forEach((path, queue) -> yaml.put(path, LogSourceWriter.yaml(queue)));
        return yaml;
    }

    /**
     * Reads the files anew. Where two of them claim the same id or the same prefix of a bucket, the
     * one whose path sorts first has it.
     *
     * @param yamlByPath all files there are; those that are gone take their log source with them
     */
    public LogSourceFiles update(SortedMap<String, String> yamlByPath, LogSourceReader reader) {
        Map<String, LogSource> accepted = new LinkedHashMap<>();
        Map<String, QueueSource> acceptedQueues = new LinkedHashMap<>();
        Map<String, String> refused = new HashMap<>();
        Map<String, String> claims = new HashMap<>();
        yamlByPath.forEach(
                (path, yaml) -> {
                    LogSourceReader.Parsed source = readOrKeep(path, yaml, reader, refused);
                    if (source == null) {
                        return;
                    }
                    Optional<String> conflict = claim(path, source, claims);
                    if (conflict.isPresent()) {
                        refused.put(path, path + ": " + conflict.get());
                        return;
                    }
                    if (source instanceof LogSourceReader.Parsed.OfBucket bucket) {
                        accepted.put(path, bucket.source());
                    } else if (source instanceof LogSourceReader.Parsed.OfQueue queue) {
                        acceptedQueues.put(path, queue.source());
                    }
                });
        return new LogSourceFiles(accepted, acceptedQueues, refused);
    }

    private LogSourceReader.@Nullable Parsed readOrKeep(
            String path, String yaml, LogSourceReader reader, Map<String, String> refused) {
        try {
            return reader.read(path, yaml);
        } catch (LogSourceException e) {
            refused.put(path, String.valueOf(e.getMessage()));
            return before(path);
        }
    }

    private LogSourceReader.@Nullable Parsed before(String path) {
        LogSource bucket = byPath.get(path);
        if (bucket != null) {
            return new LogSourceReader.Parsed.OfBucket(bucket);
        }
        QueueSource queue = queuesByPath.get(path);
        return queue == null ? null : new LogSourceReader.Parsed.OfQueue(queue);
    }

    private static Optional<String> claim(
            String path, LogSourceReader.Parsed parsed, Map<String, String> claims) {
        Map<String, String> wanted = new LinkedHashMap<>();
        if (parsed instanceof LogSourceReader.Parsed.OfBucket bucket) {
            LogSource source = bucket.source();
            wanted.put("id " + source.id(), path);
            for (PrefixLogTypes entry : source.prefixLogTypes()) {
                wanted.put("s3://" + source.bucket() + "/" + entry.prefix(), path);
            }
        } else if (parsed instanceof LogSourceReader.Parsed.OfQueue queue) {
            wanted.put("id " + queue.source().id(), path);
            wanted.put(queue.source().queueUrl(), path);
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
