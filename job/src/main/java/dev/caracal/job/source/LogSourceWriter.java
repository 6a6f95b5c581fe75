package dev.caracal.job.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes a log source as the YAML that {@link LogSourceReader} reads. */
public final class LogSourceWriter {

    private static final String ANY_STREAM = "auto";

    private LogSourceWriter() {}

    /** What has its default is left out. */
    public static String yaml(LogSource source) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("id", source.id());
        root.put("name", source.name());
        root.put("accountId", source.accountId());
        root.put("bucket", source.bucket());
        root.put(
                "prefixLogTypes",
                source.prefixLogTypes().stream().map(LogSourceWriter::entry).toList());
        put(root, "excludedPrefixes", source.excludedPrefixes());
        put(root, "roleArn", source.roleArn());
        put(root, "externalId", source.externalId());
        put(root, "kmsKeyArn", source.kmsKeyArn());
        if (source.dropOffMinutes() > 0) {
            root.put("dropOffMinutes", source.dropOffMinutes());
        }
        put(root, "destinations", source.destinations());
        if (source.managedNotifications()) {
            root.put("managedNotifications", true);
        }
        return dump(root);
    }

    private static String dump(Map<String, Object> root) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(4);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(false);
        options.setSplitLines(false);
        return new Yaml(options).dump(root);
    }

    /** What has its default is left out. */
    public static String yaml(QueueSource source) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("type", QueueSource.TYPE);
        root.put("id", source.id());
        root.put("name", source.name());
        root.put("queueUrl", source.queueUrl());
        root.put("logTypes", new ArrayList<>(source.logTypes()));
        if (!source.logStream().equals(ANY_STREAM)) {
            root.put("logStream", source.logStream());
        }
        put(root, "allowedPrincipals", source.allowedPrincipals());
        put(root, "allowedSourceArns", source.allowedSourceArns());
        if (source.dropOffMinutes() > 0) {
            root.put("dropOffMinutes", source.dropOffMinutes());
        }
        put(root, "destinations", source.destinations());
        return dump(root);
    }

    private static Map<String, Object> entry(PrefixLogTypes prefixLogTypes) {
        Map<String, Object> entry = new LinkedHashMap<>();
        put(entry, "prefix", prefixLogTypes.prefix());
        // A list of one's own: the same one twice would be written as an alias.
        entry.put("logTypes", new ArrayList<>(prefixLogTypes.logTypes()));
        if (!prefixLogTypes.logStream().equals(ANY_STREAM)) {
            entry.put("logStream", prefixLogTypes.logStream());
        }
        return entry;
    }

    private static void put(Map<String, Object> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    private static void put(Map<String, Object> map, String key, List<String> values) {
        if (!values.isEmpty()) {
            map.put(key, new ArrayList<>(values));
        }
    }
}
