package dev.caracal.job.source;

import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSetCheck;
import dev.caracal.job.schema.UserLogTypes;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.stream.LogStreams;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a log source from its YAML file.
 *
 * <pre>{@code
 * id: acme-trail
 * name: Acme CloudTrail
 * accountId: "123456789012"
 * bucket: acme-trail-logs
 * prefixLogTypes:
 *   - prefix: AWSLogs/
 *     logTypes: [AWS.CloudTrail]
 *     logStream: auto            # optional
 * excludedPrefixes: [AWSLogs/123456789012/CloudTrail-Digest/]   # optional
 * roleArn: arn:aws:iam::123456789012:role/CaracalLogProcessingRole-acme   # optional
 * externalId: 5c6f...            # optional
 * kmsKeyArn: arn:aws:kms:...     # optional
 * dropOffMinutes: 60             # optional
 * destinations: [soc-slack]      # optional
 * managedNotifications: false    # optional
 * }</pre>
 *
 * <p>or a {@link QueueSource} from its own:
 *
 * <pre>{@code
 * type: sqs
 * id: app
 * name: App
 * queueUrl: https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app
 * logTypes: [Acme.App]
 * logStream: auto                # optional
 * allowedPrincipals: [arn:aws:iam::111122223333:root]                      # optional
 * allowedSourceArns: [arn:aws:sns:us-east-1:111122223333:app-logs]         # optional
 * dropOffMinutes: 60             # optional
 * destinations: [soc-slack]      # optional
 * }</pre>
 */
public final class LogSourceReader {

    private static final Set<String> KEYS =
            new TreeSet<>(
                    Set.of(
                            "type",
                            "id",
                            "name",
                            "accountId",
                            "bucket",
                            "prefixLogTypes",
                            "excludedPrefixes",
                            "roleArn",
                            "externalId",
                            "kmsKeyArn",
                            "dropOffMinutes",
                            "destinations",
                            "managedNotifications"));
    private static final Set<String> QUEUE_KEYS =
            new TreeSet<>(
                    Set.of(
                            "type",
                            "id",
                            "name",
                            "queueUrl",
                            "logTypes",
                            "logStream",
                            "allowedPrincipals",
                            "allowedSourceArns",
                            "dropOffMinutes",
                            "destinations"));
    private static final Set<String> TYPES = new TreeSet<>(Set.of("s3", QueueSource.TYPE));
    private static final Set<String> PREFIX_KEYS =
            new TreeSet<>(Set.of("prefix", "logTypes", "logStream"));

    private final Predicate<String> knowsLogType;

    /**
     * @param knowsLogType whether a log type of that name exists
     */
    LogSourceReader(Predicate<String> knowsLogType) {
        this.knowsLogType = knowsLogType;
    }

    /** A reader that knows the built-in log types and those of the schemas in force. */
    public static LogSourceReader forKnownTypes(SchemaSet schemas) {
        Set<String> names = UserLogTypes.of(schemas).names();
        return new LogSourceReader(
                name -> LogTypes.builtin().names().contains(name) || names.contains(name));
    }

    /** What a file says: a bucket, or a queue. */
    sealed interface Parsed {

        record OfBucket(LogSource source) implements Parsed {}

        record OfQueue(QueueSource source) implements Parsed {}
    }

    /**
     * @param path the file's name, for messages
     * @throws LogSourceException naming the file, the line, the value and what was expected
     */
    Parsed read(String path, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(16);
        Node root;
        try {
            root = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            throw new LogSourceException(path, line(e.getProblemMark()), e.getProblem());
        } catch (YAMLException e) {
            throw new LogSourceException(path, 1, "no YAML: " + e.getMessage());
        }
        if (!(root instanceof MappingNode mapping)) {
            throw new LogSourceException(path, 1, "expected a mapping with the keys " + KEYS);
        }
        return new Reading(path).parsed(mapping);
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    /** One file being read. */
    private final class Reading {

        private final String path;

        Reading(String path) {
            this.path = path;
        }

        Parsed parsed(MappingNode root) {
            for (NodeTuple tuple : root.getValue()) {
                if (text(tuple.getKeyNode()).equals("type")) {
                    String type = text(tuple.getValueNode());
                    if (!TYPES.contains(type)) {
                        throw wrong(
                                tuple.getValueNode(),
                                "there is no type \"" + type + "\"; expected one of " + TYPES);
                    }
                    if (type.equals(QueueSource.TYPE)) {
                        return new Parsed.OfQueue(queue(root));
                    }
                }
            }
            return new Parsed.OfBucket(source(root));
        }

        private QueueSource queue(MappingNode root) {
            Map<String, Node> values = values(root, QUEUE_KEYS);
            List<String> logTypes = logTypes(required(root, values, "logTypes"));
            String logStream = logStream(values);
            List<String> principals = texts(values, "allowedPrincipals");
            List<String> sourceArns = texts(values, "allowedSourceArns");
            List<String> destinations = texts(values, "destinations");
            return build(
                    root,
                    values,
                    () ->
                            new QueueSource(
                                    text(required(root, values, "id")),
                                    text(required(root, values, "name")),
                                    text(required(root, values, "queueUrl")),
                                    logTypes,
                                    logStream,
                                    principals,
                                    sourceArns,
                                    minutes(values, "dropOffMinutes"),
                                    destinations));
        }

        private LogSource source(MappingNode root) {
            Map<String, Node> values = values(root, KEYS);
            List<PrefixLogTypes> prefixes = new ArrayList<>();
            for (Node entry : sequence(required(root, values, "prefixLogTypes"))) {
                prefixes.add(prefixLogTypes(entry));
            }
            List<String> excluded = texts(values, "excludedPrefixes");
            boolean managed = flag(values, "managedNotifications");
            List<String> destinations = texts(values, "destinations");
            return build(
                    root,
                    values,
                    () ->
                            new LogSource(
                                    text(required(root, values, "id")),
                                    text(required(root, values, "name")),
                                    text(required(root, values, "accountId")),
                                    text(required(root, values, "bucket")),
                                    prefixes,
                                    excluded,
                                    optional(values, "roleArn", ""),
                                    optional(values, "externalId", ""),
                                    optional(values, "kmsKeyArn", ""),
                                    minutes(values, "dropOffMinutes"),
                                    destinations,
                                    managed));
        }

        private boolean flag(Map<String, Node> values, String key) {
            String text = optional(values, key, "false");
            if (!text.equals("true") && !text.equals("false")) {
                throw wrong(values.get(key), key + " is \"" + text + "\"; expected true or false");
            }
            return text.equals("true");
        }

        private List<String> texts(Map<String, Node> values, String key) {
            List<String> texts = new ArrayList<>();
            if (values.containsKey(key)) {
                sequence(values.get(key)).forEach(node -> texts.add(text(node)));
            }
            return texts;
        }

        private int minutes(Map<String, Node> values, String key) {
            String text = optional(values, key, "0");
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw wrong(
                        values.get(key),
                        key + " is \"" + text + "\"; expected a number of minutes, such as 60");
            }
        }

        private PrefixLogTypes prefixLogTypes(Node node) {
            if (!(node instanceof MappingNode mapping)) {
                throw wrong(node, "expected a mapping with the keys " + PREFIX_KEYS);
            }
            Map<String, Node> values = values(mapping, PREFIX_KEYS);
            List<String> logTypes = logTypes(required(mapping, values, "logTypes"));
            String logStream = logStream(values);
            return build(
                    mapping,
                    values,
                    () -> new PrefixLogTypes(optional(values, "prefix", ""), logTypes, logStream));
        }

        private List<String> logTypes(Node node) {
            List<String> logTypes = new ArrayList<>();
            for (Node logType : sequence(node)) {
                String name = text(logType);
                if (!knowsLogType.test(name)) {
                    throw wrong(
                            logType,
                            "there is no log type \""
                                    + name
                                    + "\", built in or by a schema in "
                                    + SchemaSetCheck.FOLDER
                                    + "/");
                }
                logTypes.add(name);
            }
            return logTypes;
        }

        private String logStream(Map<String, Node> values) {
            String logStream = optional(values, "logStream", "auto");
            if (!LogStreams.exists(logStream)) {
                throw wrong(
                        values.get("logStream"),
                        "there is no log stream \""
                                + logStream
                                + "\"; expected one of "
                                + LogStreams.names());
            }
            return logStream;
        }

        private Map<String, Node> values(MappingNode mapping, Set<String> keys) {
            Map<String, Node> values = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = text(tuple.getKeyNode());
                if (!keys.contains(key)) {
                    throw wrong(
                            tuple.getKeyNode(),
                            "there is no key \"" + key + "\"; expected one of " + keys);
                }
                if (values.put(key, tuple.getValueNode()) != null) {
                    throw wrong(tuple.getKeyNode(), "the key \"" + key + "\" stands twice");
                }
            }
            return values;
        }

        private Node required(MappingNode mapping, Map<String, Node> values, String key) {
            Node node = values.get(key);
            if (node == null) {
                throw wrong(mapping, "the key \"" + key + "\" is missing");
            }
            return node;
        }

        private String optional(Map<String, Node> values, String key, String otherwise) {
            Node node = values.get(key);
            return node == null ? otherwise : text(node);
        }

        private List<Node> sequence(@Nullable Node node) {
            if (node instanceof SequenceNode sequence) {
                return sequence.getValue();
            }
            throw wrong(node, "expected a list");
        }

        private String text(Node node) {
            if (node instanceof ScalarNode scalar) {
                return scalar.getValue();
            }
            throw wrong(node, "expected a single value");
        }

        /** Runs the constructor; its complaint begins with the name of the field it is about. */
        private <T> T build(
                MappingNode mapping, Map<String, Node> values, Supplier<T> constructor) {
            try {
                return constructor.get();
            } catch (LogSourceException e) {
                throw e;
            } catch (IllegalArgumentException e) {
                String message = String.valueOf(e.getMessage());
                String field = message.substring(0, Math.max(0, message.indexOf(' ')));
                throw wrong(values.getOrDefault(field, mapping), message);
            }
        }

        private LogSourceException wrong(@Nullable Node node, String what) {
            return new LogSourceException(path, node == null ? 1 : line(node.getStartMark()), what);
        }
    }
}
