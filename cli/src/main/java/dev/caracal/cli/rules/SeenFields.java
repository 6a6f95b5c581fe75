package dev.caracal.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.rules.FieldRead;
import dev.caracal.rules.RuleTest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields of the logs in rules' tests, by log type. A vendor's log may have fields that its
 * schema does not list; they are in events too.
 */
final class SeenFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Set<String>> byLogType = new HashMap<>();

    void add(RuleTest test) {
        try {
            JsonNode log = JSON.readTree(test.log());
            add("", log, byLogType.computeIfAbsent(test.logType(), key -> new HashSet<>()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a test's log is JSON: " + test.log(), e);
        }
    }

    private static void add(String path, JsonNode value, Set<String> paths) {
        if (value.isArray()) {
            value.forEach(element -> add(path, element, paths));
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String inner = path + '.' + field.getKey().toLowerCase(Locale.ROOT);
            paths.add(inner);
            add(inner, field.getValue(), paths);
        }
    }

    boolean has(String logType, List<String> keys) {
        String path =
                keys.stream()
                        .filter(key -> !key.equals(FieldRead.ELEMENT))
                        .map(key -> '.' + key.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        return byLogType.getOrDefault(logType, Set.of()).contains(path);
    }
}
