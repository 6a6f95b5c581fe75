package dev.caracal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields that a rule's YAML reads: those of its conditions, and those that alerts show. */
final class YamlReads {

    private static final List<String> GROUPS = List.of("All", "Any", "OnlyOne", "None");

    private final YamlMap yaml;
    private final List<FieldRead> reads = new ArrayList<>();

    YamlReads(RuleSource source) throws RuleException {
        yaml = YamlMap.parse(source.path(), source.yaml());
    }

    List<FieldRead> all() throws RuleException {
        addEach(yaml, "Detection", List.of());
        addEach(yaml, "InlineFilters", List.of());
        addEach(yaml, "GroupBy", List.of());
        for (YamlMap severity : yaml.maps("DynamicSeverities")) {
            addEach(severity, "Conditions", List.of());
        }
        for (YamlMap entry : yaml.maps("AlertContext")) {
            if (entry.keys().contains("KeyValue")) {
                add(entry.map("KeyValue"), List.of());
            }
        }
        List<String> attributes = yaml.texts("SummaryAttributes");
        for (int i = 0; i < attributes.size(); i++) {
            add(yaml.line("SummaryAttributes", i), List.of(attributes.get(i).split("[.:]")));
        }
        return reads;
    }

    private void addEach(YamlMap owner, String key, List<String> before) throws RuleException {
        for (YamlMap expression : owner.maps(key)) {
            add(expression, before);
        }
    }

    private void add(YamlMap expression, List<String> before) throws RuleException {
        List<String> keys = new ArrayList<>(before);
        keys.addAll(keys(expression));
        if (keys.size() > before.size()) {
            add(expression.line(), keys);
        }
        for (String group : GROUPS) {
            addEach(expression, group, before);
        }
        if (expression.keys().contains("Expressions")) {
            keys.add(FieldRead.ELEMENT);
            addEach(expression, "Expressions", keys);
        }
        if (expression.value("Values") instanceof List<?> values
                && values.stream().allMatch(Map.class::isInstance)) {
            addEach(expression, "Values", before);
        }
    }

    private static List<String> keys(YamlMap expression) throws RuleException {
        String key = expression.text("Key");
        if (key != null) {
            return List.of(key);
        }
        String path = expression.text("KeyPath");
        if (path == null) {
            return expression.texts("DeepKey");
        }
        return KeySpecifier.path(path).steps().stream()
                .map(
                        step ->
                                step instanceof KeySpecifier.Field field
                                        ? field.name()
                                        : FieldRead.ELEMENT)
                .toList();
    }

    private void add(int line, List<String> keys) {
        reads.add(new FieldRead(yaml.path(), line, FieldRead.Kind.FIELD, keys));
    }
}
