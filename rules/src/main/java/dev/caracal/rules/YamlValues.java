package dev.caracal.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML nodes into plain values, within limits: a few aliases can mean billions of values. */
final class YamlValues {

    private final String path;
    private final int maxDepth;
    private int left;

    YamlValues(String path, int maxValues, int maxDepth) {
        this.path = path;
        this.left = maxValues;
        this.maxDepth = maxDepth;
    }

    @Nullable Object of(Node node) throws RuleException {
        return of(node, 0);
    }

    private @Nullable Object of(Node node, int depth) throws RuleException {
        if (depth > maxDepth || left-- == 0) {
            throw new RuleException(
                    new RuleProblem(path, YamlMap.line(node), "too many or too deep values"));
        }
        if (node instanceof MappingNode mapping) {
            var map = new LinkedHashMap<String, @Nullable Object>();
            for (NodeTuple tuple : mapping.getValue()) {
                map.put(
                        String.valueOf(of(tuple.getKeyNode(), depth + 1)),
                        of(tuple.getValueNode(), depth + 1));
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            var list = new ArrayList<@Nullable Object>();
            for (Node element : sequence.getValue()) {
                list.add(of(element, depth + 1));
            }
            return list;
        }
        return scalar((ScalarNode) node);
    }

    private static @Nullable Object scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT)) {
            var number = new BigInteger(text);
            if (number.bitLength() < Integer.SIZE) {
                return number.intValue();
            }
            return number;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Double.valueOf(text);
        }
        return text;
    }
}
