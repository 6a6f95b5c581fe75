package dev.caracal.rules;

import dev.caracal.rules.lookup.LookupData;
import dev.caracal.rules.lookup.LookupFormat;
import dev.caracal.rules.lookup.LookupTable;
import dev.caracal.rules.lookup.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a lookup table's YAML. Every key of Panther's format is either understood or refused by
 * name, with file and line.
 */
public final class LookupTableReader {

    private static final int MAX_PERIOD_MINUTES = 31 * 24 * 60;
    private static final String S3 = "s3://";

    private LookupTableReader() {}

    /**
     * @throws RuleException naming file, line, value and what was expected
     */
    public static LookupTable read(RuleSource source) throws RuleException {
        YamlMap yaml = YamlMap.parse(source.path(), source.yaml());
        yaml.requireKeys(AnalysisType.LOOKUP_TABLE.keys(), "a lookup table");
        YamlMap map = yaml.map("LogTypeMap");
        map.requireKeys(Set.of("PrimaryKey", "AssociatedLogTypes"), "LogTypeMap");
        return new LookupTable(
                yaml.text("LookupName", "the lookup table's name"),
                source.path(),
                yaml.truth("Enabled", true),
                orEmpty(yaml, "Schema"),
                map.text("PrimaryKey", "the field of the data by which rows are found"),
                selectors(map),
                data(yaml));
    }

    private static Map<String, List<Selector>> selectors(YamlMap map) throws RuleException {
        Map<String, List<Selector>> byLogType = new LinkedHashMap<>();
        for (YamlMap associated : map.maps("AssociatedLogTypes")) {
            associated.requireKeys(Set.of("LogType", "Selectors"), "an associated log type");
            List<Selector> selectors =
                    byLogType.computeIfAbsent(
                            associated.text("LogType", "the name of a log type"),
                            logType -> new ArrayList<>());
            for (String text : associated.texts("Selectors")) {
                selectors.add(selector(text, associated));
            }
        }
        byLogType.values().removeIf(List::isEmpty);
        return byLogType;
    }

    private static Selector selector(String text, YamlMap yaml) throws RuleException {
        boolean rooted = text.startsWith("$.") || text.startsWith("$[");
        List<String> steps = new ArrayList<>();
        try {
            List<KeySpecifier.Step> all = KeySpecifier.path(text).steps();
            for (KeySpecifier.Step step : rooted ? all.subList(1, all.size()) : all) {
                if (step instanceof KeySpecifier.Field field) {
                    steps.add(field.name());
                } else if (step instanceof KeySpecifier.EachElement) {
                    steps.add(Selector.EACH);
                } else {
                    throw new IllegalArgumentException(
                            "expected [*] in place of a position in '" + text + "'");
                }
            }
            String name = text.startsWith("$.") ? text.substring(2) : text;
            return new Selector(name, steps);
        } catch (IllegalArgumentException e) {
            throw yaml.problem(yaml.line("Selectors"), "Selectors: " + e.getMessage());
        }
    }

    private static LookupData data(YamlMap yaml) throws RuleException {
        String file = yaml.text("Filename");
        boolean refreshed = yaml.keys().contains("Refresh");
        if (file != null && refreshed) {
            throw yaml.problem(
                    yaml.line("Refresh"), "a lookup table has Filename or Refresh, not both");
        }
        if (file != null) {
            requireFormat(file, "Filename", yaml);
            return new LookupData.File(RuleSource.beside(yaml.path(), file));
        }
        if (refreshed) {
            return refresh(yaml);
        }
        return new LookupData.Elsewhere(
                yaml.keys().contains("Query") ? "a query" : "no file and no S3 object");
    }

    private static LookupData refresh(YamlMap yaml) throws RuleException {
        YamlMap refresh = yaml.map("Refresh");
        refresh.requireKeys(Set.of("RoleARN", "ObjectPath", "PeriodMinutes"), "Refresh");
        int minutes = refresh.number("PeriodMinutes", 60, 1, MAX_PERIOD_MINUTES);
        if (yaml.keys().contains("Query")) {
            return new LookupData.Elsewhere("a query");
        }
        String object = refresh.text("ObjectPath", "s3://bucket/key");
        int slash = object.indexOf('/', S3.length());
        if (!object.startsWith(S3) || slash <= S3.length() || slash == object.length() - 1) {
            throw refresh.problem(
                    refresh.line("ObjectPath"),
                    "ObjectPath is '" + object + "', expected s3://bucket/key");
        }
        requireFormat(object, "ObjectPath", refresh);
        String role = orEmpty(refresh, "RoleARN");
        if (!role.isEmpty() && !role.startsWith("arn:")) {
            throw refresh.problem(
                    refresh.line("RoleARN"),
                    "RoleARN is '" + role + "', expected the ARN of a role");
        }
        return new LookupData.Object(
                role,
                object.substring(S3.length(), slash),
                object.substring(slash + 1),
                Duration.ofMinutes(minutes));
    }

    private static void requireFormat(String file, String key, YamlMap yaml) throws RuleException {
        if (LookupFormat.of(file).isEmpty()) {
            throw yaml.problem(
                    yaml.line(key),
                    key
                            + " is '"
                            + file
                            + "', expected a name that ends in .csv, .jsonl or .mmdb, and maybe"
                            + " .gz");
        }
    }

    private static String orEmpty(YamlMap yaml, String key) throws RuleException {
        String text = yaml.text(key);
        return text == null ? "" : text;
    }
}
