package dev.caracal.rules;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML mapping that knows its lines. Scalars are read as in YAML 1.2: {@code on}, {@code no} and
 * dates stay text. Each accessor throws a {@link RuleException} that names file, line, key and what
 * was expected.
 */
final class YamlMap {

    private static final int MAX_CHARACTERS = 3 * 1024 * 1024;
    private static final int MAX_VALUES = 200_000; // aliases count each time
    private static final int MAX_DEPTH = 100;

    private final String path;
    private final MappingNode node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private YamlMap(String path, MappingNode node) throws RuleException {
        this.path = path;
        this.node = node;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw problem(line(tuple.getKeyNode()), "a key is not text");
            }
            if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                throw problem(line(key), "the key " + key.getValue() + " is there twice");
            }
            lines.put(key.getValue(), line(key));
        }
    }

    static YamlMap parse(String path, String yaml) throws RuleException {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        var dumper = new DumperOptions();
        var parser =
                new Yaml(
                        new SafeConstructor(options),
                        new Representer(dumper),
                        dumper,
                        options,
                        new Scalars());
        Node root;
        try {
            root = parser.compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new RuleException(
                    new RuleProblem(path, line, "this is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            throw new RuleException(
                    new RuleProblem(path, 0, "this is not YAML: " + e.getMessage()));
        }
        if (!(root instanceof MappingNode mapping)) {
            throw new RuleException(new RuleProblem(path, 1, "expected a mapping of keys"));
        }
        return new YamlMap(path, mapping);
    }

    Set<String> keys() {
        return values.keySet();
    }

    String path() {
        return path;
    }

    int line() {
        return line(node);
    }

    int line(String key) {
        return lines.getOrDefault(key, line());
    }

    /** The line of an element of a list. */
    int line(String key, int index) {
        return values.get(key) instanceof SequenceNode list
                ? line(list.getValue().get(index))
                : line(key);
    }

    RuleException problem(int line, String reason) {
        return new RuleException(new RuleProblem(path, line, reason));
    }

    /**
     * Refuses any other key.
     *
     * @param owner what has the keys, for the message
     */
    void requireKeys(Set<String> known, String owner) throws RuleException {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw problem(
                        line(key),
                        "unknown key "
                                + key
                                + "; "
                                + owner
                                + " has "
                                + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    String text(String key, String expected) throws RuleException {
        String text = text(key);
        if (text == null || text.isBlank()) {
            throw problem(line(key), key + " is missing, expected " + expected);
        }
        return text;
    }

    /** Null if the key is missing or its value empty. */
    @Nullable String text(String key) throws RuleException {
        Node value = values.get(key);
        if (value == null || value.getTag().equals(Tag.NULL)) {
            return null;
        }
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw problem(line(value), key + " is not text");
    }

    boolean truth(String key, boolean missing) throws RuleException {
        Node value = values.get(key);
        if (value == null || value.getTag().equals(Tag.NULL)) {
            return missing;
        }
        if (value.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(((ScalarNode) value).getValue());
        }
        throw problem(line(value), key + " is " + brief(value) + ", expected true or false");
    }

    int number(String key, int missing, int least, int most) throws RuleException {
        Node value = values.get(key);
        if (value == null || value.getTag().equals(Tag.NULL)) {
            return missing;
        }
        if (value.getTag().equals(Tag.INT) && value(value) instanceof Integer number) {
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw problem(
                line(value),
                key + " is " + brief(value) + ", expected a number from " + least + " to " + most);
    }

    List<String> texts(String key) throws RuleException {
        Node value = values.get(key);
        return value == null ? List.of() : texts(key, value);
    }

    private List<String> texts(String key, Node value) throws RuleException {
        if (value.getTag().equals(Tag.NULL)) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw problem(line(value), key + " is " + brief(value) + ", expected a list of texts");
        }
        var texts = new ArrayList<String>();
        for (Node element : sequence.getValue()) {
            if (!(element instanceof ScalarNode scalar)) {
                throw problem(line(element), key + " holds " + brief(element) + ", expected text");
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }

    /** From each key of a mapping to its list of texts. */
    Map<String, List<String>> textsByKey(String key) throws RuleException {
        Node value = values.get(key);
        if (value == null || value.getTag().equals(Tag.NULL)) {
            return Map.of();
        }
        YamlMap inner = map(key, value);
        var result = new LinkedHashMap<String, List<String>>();
        for (Map.Entry<String, Node> entry : inner.values.entrySet()) {
            result.put(entry.getKey(), texts(entry.getKey(), entry.getValue()));
        }
        return result;
    }

    YamlMap map(String key) throws RuleException {
        Node value = values.get(key);
        if (value == null) {
            throw problem(line(), key + " is missing, expected a mapping");
        }
        return map(key, value);
    }

    List<YamlMap> maps(String key) throws RuleException {
        Node value = values.get(key);
        if (value == null || value.getTag().equals(Tag.NULL)) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw problem(line(value), key + " is " + brief(value) + ", expected a list");
        }
        var maps = new ArrayList<YamlMap>();
        for (Node element : sequence.getValue()) {
            maps.add(map(key, element));
        }
        return maps;
    }

    private YamlMap map(String key, Node value) throws RuleException {
        if (value instanceof MappingNode mapping) {
            return new YamlMap(path, mapping);
        }
        throw problem(line(value), key + " has " + brief(value) + ", expected a mapping");
    }

    /** The value as maps, lists, strings, numbers, booleans and nulls. */
    @Nullable Object value(String key) throws RuleException {
        Node value = values.get(key);
        return value == null ? null : value(value);
    }

    private @Nullable Object value(Node value) throws RuleException {
        return new YamlValues(path, MAX_VALUES, MAX_DEPTH).of(value);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String brief(Node value) {
        if (value instanceof ScalarNode scalar) {
            String text = scalar.getValue();
            return text.length() <= 50 ? "'" + text + "'" : "'" + text.substring(0, 50) + "…'";
        }
        return value instanceof MappingNode ? "a mapping" : "a list";
    }

    /** Tags plain scalars as YAML 1.2 does. */
    private static final class Scalars extends Resolver {
        private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
        private static final Pattern DECIMAL =
                Pattern.compile("[-+]?(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
        private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, TRUTH, "tTfF");
            addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, DECIMAL, "-+.0123456789");
            addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
            addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
        }
    }
}
