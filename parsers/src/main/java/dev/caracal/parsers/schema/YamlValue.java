package dev.caracal.parsers.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a YAML file that knows where it stands, so that whatever is wrong with it can be said
 * with file and line.
 *
 * @param path how the value is called in messages, for example {@code fields}
 */
record YamlValue(String file, String path, Node node) {

    private static final int MAX_SHOWN = 100;

    /** The members by key; a key that is not among the allowed ones is refused. */
    Map<String, YamlValue> members(String... allowed) throws SchemaException {
        List<String> names = Arrays.asList(allowed);
        Map<String, YamlValue> members = anyMembers();
        for (Map.Entry<String, YamlValue> member : members.entrySet()) {
            if (!names.contains(member.getKey())) {
                throw member.getValue()
                        .wrong(
                                "unknown key '"
                                        + member.getKey()
                                        + "', expected one of "
                                        + String.join(", ", names));
            }
        }
        return members;
    }

    Map<String, YamlValue> anyMembers() throws SchemaException {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("expected a mapping for " + path + ", found " + shown());
        }
        Map<String, YamlValue> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlValue key = new YamlValue(file, "key", tuple.getKeyNode());
            String name = key.string();
            if (members.put(name, new YamlValue(file, name, tuple.getValueNode())) != null) {
                throw key.wrong("key '" + name + "' appears twice");
            }
        }
        return members;
    }

    List<YamlValue> elements() throws SchemaException {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("expected a list for " + path + ", found " + shown());
        }
        List<YamlValue> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            elements.add(new YamlValue(file, path, element));
        }
        return elements;
    }

    List<String> strings() throws SchemaException {
        List<String> strings = new ArrayList<>();
        for (YamlValue element : elements()) {
            strings.add(element.string());
        }
        return strings;
    }

    String string() throws SchemaException {
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return scalar.getValue();
        }
        throw wrong("expected text for " + path + ", found " + shown());
    }

    /** Text that says something. */
    String nonEmpty() throws SchemaException {
        String value = string();
        if (value.isEmpty()) {
            throw wrong("expected text for " + path + ", found ''");
        }
        return value;
    }

    boolean bool() throws SchemaException {
        String value = string();
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw wrong("expected true or false for " + path + ", found '" + value + "'");
    }

    long number() throws SchemaException {
        String value = string();
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw wrong("expected a whole number for " + path + ", found '" + value + "'");
        }
    }

    /** A member that must be there. */
    YamlValue required(Map<String, YamlValue> members, String name) throws SchemaException {
        YamlValue value = members.get(name);
        if (value == null) {
            throw wrong("'" + name + "' is missing in " + path);
        }
        return value;
    }

    static String optional(Map<String, YamlValue> members, String name, String otherwise)
            throws SchemaException {
        Optional<YamlValue> value = Optional.ofNullable(members.get(name));
        return value.isPresent() ? value.get().string() : otherwise;
    }

    static boolean flag(Map<String, YamlValue> members, String name) throws SchemaException {
        YamlValue value = members.get(name);
        return value != null && value.bool();
    }

    SchemaException wrong(String message) {
        return new SchemaException(file, line(), message);
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** So much of a text as a message should show. */
    static String shorten(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    private String shown() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL)
                    ? "nothing"
                    : "'" + shorten(scalar.getValue()) + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }
}
