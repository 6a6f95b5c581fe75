package dev.caracal.job.destination;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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

/** A mapping of a destination's file that knows its lines. */
final class DestinationYaml {

    private static final int MAX_DEPTH = 16;

    private final String path;
    private final MappingNode mapping;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private DestinationYaml(String path, MappingNode mapping) {
        this.path = path;
        this.mapping = mapping;
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), "the key \"" + key + "\" stands twice");
            }
        }
    }

    static DestinationYaml parse(String path, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        Node root;
        try {
            root = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            throw new DestinationException(path, line(e.getProblemMark()), e.getProblem());
        } catch (YAMLException e) {
            throw new DestinationException(path, 1, "no YAML: " + e.getMessage());
        }
        if (root instanceof MappingNode mapping) {
            return new DestinationYaml(path, mapping);
        }
        throw new DestinationException(path, 1, "expected keys and values");
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    void requireKnownKeys(Set<String> known) {
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (!known.contains(key)) {
                throw wrong(
                        tuple.getKeyNode(),
                        "there is no key \"" + key + "\"; expected one of " + new TreeSet<>(known));
            }
        }
    }

    String text(String key) {
        Node node = values.get(key);
        if (node == null) {
            throw wrong(mapping, "the key \"" + key + "\" is missing");
        }
        return text(node);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).map(this::text);
    }

    boolean flag(String key) {
        String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(values.get(key), key + " is \"" + text + "\"; expected true or false");
        }
        return text.equals("true");
    }

    /** A list of values, each checked; empty if the key is not there. */
    <T> Optional<List<T>> list(String key, Function<String, T> parse) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw wrong(node, key + " is no list, or empty");
        }
        List<T> list = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            list.add(checked(element, () -> parse.apply(text(element))));
        }
        return Optional.of(list);
    }

    /** Texts by name; empty if the key is not there. */
    Optional<Map<String, String>> texts(String key) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof MappingNode nested)) {
            throw wrong(node, key + " is no mapping");
        }
        DestinationYaml yaml = new DestinationYaml(path, nested);
        Map<String, String> texts = new LinkedHashMap<>();
        yaml.values.keySet().forEach(name -> texts.put(name, yaml.text(name)));
        return Optional.of(texts);
    }

    /** Runs a constructor; its complaint begins with the name of the key it is about. */
    <T> T build(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (DestinationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            String key = message.substring(0, Math.max(0, message.indexOf(' ')));
            throw wrong(values.getOrDefault(key, mapping), message);
        }
    }

    DestinationException wrongValue(String key, String what) {
        return wrong(values.getOrDefault(key, mapping), what);
    }

    private <T> T checked(Node node, Supplier<T> value) {
        try {
            return value.get();
        } catch (DestinationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw wrong(node, String.valueOf(e.getMessage()));
        }
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "expected a single value");
    }

    private DestinationException wrong(@Nullable Node node, String what) {
        return new DestinationException(path, node == null ? 1 : line(node.getStartMark()), what);
    }
}
