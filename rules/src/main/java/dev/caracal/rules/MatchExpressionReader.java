package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads match expressions from YAML, and refuses by name, with its line, what it does not know. */
final class MatchExpressionReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEY_SPECIFIERS =
            new TreeSet<>(Set.of("Key", "DeepKey", "KeyPath", "Enrichment"));
    private static final Set<String> COMBINATORS =
            new TreeSet<>(Set.of("All", "Any", "OnlyOne", "None"));

    private MatchExpressionReader() {}

    /** A list of expressions, all of which have to be true. */
    static MatchExpression all(List<YamlMap> expressions) throws RuleException {
        // Many rules have the filter All: [], which need not be evaluated.
        return new MatchExpression.All(
                read(expressions).stream()
                        .filter(expression -> !expression.equals(MatchExpression.TRUE))
                        .toList());
    }

    private static List<MatchExpression> read(List<YamlMap> expressions) throws RuleException {
        var result = new ArrayList<MatchExpression>();
        for (YamlMap expression : expressions) {
            result.add(read(expression));
        }
        return List.copyOf(result);
    }

    private static MatchExpression read(YamlMap yaml) throws RuleException {
        for (String combinator : COMBINATORS) {
            if (yaml.keys().contains(combinator)) {
                yaml.requireKeys(Set.of(combinator), "a combinator alone");
                return combined(combinator, read(yaml.maps(combinator)));
            }
        }
        String condition = yaml.text("Condition", "a condition such as Equals");
        if (yaml.keys().contains("Expressions")) {
            return listComprehension(yaml, condition);
        }
        if (KEY_SPECIFIERS.stream().noneMatch(yaml.keys()::contains)) {
            return withoutKey(yaml, condition);
        }
        KeySpecifier key = key(yaml, "Condition", "Value", "Values");
        if (condition.equals("IsIn") || condition.equals("IsNotIn")) {
            return new MatchExpression.KeyValues(key, condition.equals("IsIn"), values(yaml));
        }
        Optional<ExistenceCondition> existence = ExistenceCondition.find(condition);
        if (existence.isPresent()) {
            refuse(yaml, "Value", condition);
            refuse(yaml, "Values", condition);
            return new MatchExpression.Existence(key, existence.get());
        }
        refuse(yaml, "Values", condition);
        return new MatchExpression.KeyValue(
                key, valueCondition(yaml, condition), value(yaml, condition));
    }

    private static MatchExpression combined(String combinator, List<MatchExpression> expressions) {
        return switch (combinator) {
            case "All" -> new MatchExpression.All(expressions);
            case "Any" -> new MatchExpression.AnyOf(expressions);
            case "OnlyOne" -> new MatchExpression.OnlyOne(expressions);
            default -> new MatchExpression.NoneOf(expressions);
        };
    }

    private static MatchExpression listComprehension(YamlMap yaml, String name)
            throws RuleException {
        KeySpecifier key = key(yaml, "Condition", "Expressions");
        Optional<ListCondition> condition =
                Arrays.stream(ListCondition.values())
                        .filter(known -> known.yamlName().equals(name))
                        .findFirst();
        if (condition.isEmpty()) {
            throw unknownCondition(
                    yaml, name, Arrays.stream(ListCondition.values()).map(ListCondition::yamlName));
        }
        return new MatchExpression.ListComprehension(
                key, condition.get(), all(yaml.maps("Expressions")));
    }

    private static MatchExpression withoutKey(YamlMap yaml, String condition) throws RuleException {
        if (condition.equals("AlwaysTrue") || condition.equals("AlwaysFalse")) {
            yaml.requireKeys(Set.of("Condition"), "an absolute expression");
            return new MatchExpression.Absolute(condition.equals("AlwaysTrue"));
        }
        yaml.requireKeys(Set.of("Condition", "Values"), "an expression without a key");
        var keys = new ArrayList<KeySpecifier>();
        for (YamlMap key : yaml.maps("Values")) {
            keys.add(key(key));
        }
        if (keys.size() < 2) {
            throw yaml.problem(
                    yaml.line("Values"),
                    "a key is missing, expected Key, DeepKey, KeyPath or Enrichment, or at least"
                            + " two of them in Values");
        }
        return new MatchExpression.MultiKey(valueCondition(yaml, condition), keys);
    }

    /**
     * The value that the map names.
     *
     * @param others keys that the map may have besides
     */
    static KeySpecifier key(YamlMap yaml, String... others) throws RuleException {
        var known = new TreeSet<>(KEY_SPECIFIERS);
        known.addAll(List.of(others));
        yaml.requireKeys(known, "a match expression");
        List<String> given = KEY_SPECIFIERS.stream().filter(yaml.keys()::contains).toList();
        if (given.size() != 1) {
            throw yaml.problem(yaml.line(), "expected one of " + KEY_SPECIFIERS + ", got " + given);
        }
        return switch (given.get(0)) {
            case "Key" -> KeySpecifier.key(yaml.text("Key", "a field's name"));
            case "DeepKey" -> deepKey(yaml);
            case "KeyPath" -> path(yaml, "KeyPath", yaml.text("KeyPath", "a path"));
            default -> enrichment(yaml.map("Enrichment"));
        };
    }

    private static KeySpecifier deepKey(YamlMap yaml) throws RuleException {
        var steps = new ArrayList<KeySpecifier.Step>();
        if (yaml.value("DeepKey") instanceof List<?> parts) {
            for (Object part : parts) {
                steps.add(
                        part instanceof Integer index
                                ? new KeySpecifier.Index(index)
                                : new KeySpecifier.Field(String.valueOf(part)));
            }
        }
        if (steps.isEmpty()) {
            throw yaml.problem(
                    yaml.line("DeepKey"), "DeepKey: expected a list of names and numbers");
        }
        return new KeySpecifier(String.valueOf(yaml.value("DeepKey")), steps);
    }

    private static KeySpecifier enrichment(YamlMap yaml) throws RuleException {
        yaml.requireKeys(Set.of("Table", "Selector", "FieldPath"), "an Enrichment");
        var steps = new ArrayList<KeySpecifier.Step>();
        steps.add(new KeySpecifier.Field("p_enrichment"));
        steps.add(new KeySpecifier.Field(yaml.text("Table", "a lookup table's name")));
        steps.add(new KeySpecifier.Field(yaml.text("Selector", "a selector")));
        String field = yaml.text("FieldPath", "a path");
        steps.addAll(path(yaml, "FieldPath", field).steps());
        return new KeySpecifier(field, steps);
    }

    private static KeySpecifier path(YamlMap yaml, String key, String path) throws RuleException {
        try {
            return KeySpecifier.path(path);
        } catch (IllegalArgumentException e) {
            throw yaml.problem(yaml.line(key), key + ": " + e.getMessage());
        }
    }

    private static ValueCondition valueCondition(YamlMap yaml, String name) throws RuleException {
        Optional<ValueCondition> condition = ValueCondition.find(name);
        if (condition.isEmpty()) {
            throw unknownCondition(
                    yaml,
                    name,
                    Stream.of(
                                    Arrays.stream(ValueCondition.values())
                                            .map(ValueCondition::yamlName),
                                    Arrays.stream(ExistenceCondition.values())
                                            .map(ExistenceCondition::yamlName),
                                    Stream.of("IsIn", "IsNotIn"))
                            .flatMap(names -> names));
        }
        return condition.get();
    }

    private static RuleException unknownCondition(YamlMap yaml, String name, Stream<String> known) {
        return yaml.problem(
                yaml.line("Condition"),
                "Condition is '"
                        + name
                        + "', expected one of "
                        + String.join(", ", known.sorted().toList()));
    }

    private static JsonNode value(YamlMap yaml, String condition) throws RuleException {
        if (!yaml.keys().contains("Value")) {
            throw yaml.problem(yaml.line(), "Value is missing, as " + condition + " needs one");
        }
        JsonNode value = JSON.valueToTree(yaml.value("Value"));
        if (condition.endsWith("CIDR") && IpNetwork.network(value.asText()).isEmpty()) {
            throw yaml.problem(
                    yaml.line("Value"),
                    "Value is '" + value.asText() + "', expected a range such as 10.0.0.0/8");
        }
        return value;
    }

    private static List<JsonNode> values(YamlMap yaml) throws RuleException {
        refuse(yaml, "Value", "IsIn");
        if (!(yaml.value("Values") instanceof List<?> values)) {
            throw yaml.problem(yaml.line("Values"), "Values is missing, expected a list");
        }
        return values.stream().map(value -> (JsonNode) JSON.valueToTree(value)).toList();
    }

    private static void refuse(YamlMap yaml, String key, String condition) throws RuleException {
        if (yaml.keys().contains(key)) {
            throw yaml.problem(yaml.line(key), condition + " takes no " + key);
        }
    }
}
