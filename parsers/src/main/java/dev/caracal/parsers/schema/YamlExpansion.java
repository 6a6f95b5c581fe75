package dev.caracal.parsers.schema;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What YAML becomes once its aliases stand for what they name. A few aliases to one another make
 * billions of values, and one to itself has no end, so this is counted before anything is read.
 */
final class YamlExpansion {

    private static final long MAX_VALUES = 200_000;

    private record Size(long values, int depth) {}

    /** Of a value that is not counted through; who meets it is within it. */
    private static final Size UNFINISHED = new Size(0, 0);

    private final String file;
    private final int maxDepth;
    private final Map<Node, Size> sizes = new IdentityHashMap<>();

    private YamlExpansion(String file, int maxDepth) {
        this.file = file;
        this.maxDepth = maxDepth;
    }

    /**
     * @throws SchemaException if there are too many values, or they are too deep
     */
    static void check(String file, Node root, int maxDepth) throws SchemaException {
        new YamlExpansion(file, maxDepth).size(root);
    }

    /** An alias follows what it names, so that this goes no deeper than the text does. */
    private Size size(Node node) throws SchemaException {
        Size known = sizes.putIfAbsent(node, UNFINISHED);
        if (known == UNFINISHED) {
            throw wrong(node, "an alias stands within what it names");
        }
        if (known != null) {
            return known;
        }
        long values = 1;
        int depth = 0;
        for (Node child : children(node)) {
            Size size = size(child);
            values += size.values;
            depth = Math.max(depth, size.depth);
            if (values > MAX_VALUES) {
                throw wrong(node, "more than " + MAX_VALUES + " values, with those of aliases");
            }
        }
        if (++depth > maxDepth) {
            throw wrong(node, "nested deeper than " + maxDepth + ", with what aliases name");
        }
        Size size = new Size(values, depth);
        sizes.put(node, size);
        return size;
    }

    private static List<Node> children(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
                    .toList();
        }
        return List.of();
    }

    private SchemaException wrong(Node node, String message) {
        return new SchemaException(file, node.getStartMark().getLine() + 1, message);
    }
}
