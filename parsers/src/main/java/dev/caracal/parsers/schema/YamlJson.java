package dev.caracal.parsers.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.parsers.json.JsonNumber;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Turns YAML into the JSON that it stands for, by the JSON schema of YAML 1.2 (section 10.2):
 * {@code null}, {@code true}, {@code false} and JSON's numbers are what they look like, and
 * everything else is text. So {@code on}, {@code 0777} and {@code 2026-03-02} stay as they are.
 */
final class YamlJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private YamlJson() {}

    static JsonNode of(YamlValue value) throws SchemaException {
        if (value.node() instanceof MappingNode) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, YamlValue> member : value.anyMembers().entrySet()) {
                object.set(member.getKey(), of(member.getValue()));
            }
            return object;
        }
        if (value.node() instanceof SequenceNode) {
            ArrayNode array = NODES.arrayNode();
            for (YamlValue element : value.elements()) {
                array.add(of(element));
            }
            return array;
        }
        return scalar((ScalarNode) value.node());
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getScalarStyle() != ScalarStyle.PLAIN) {
            return NODES.textNode(text);
        }
        return switch (text) {
            case "", "null", "~" -> NODES.nullNode();
            case "true" -> NODES.booleanNode(true);
            case "false" -> NODES.booleanNode(false);
            default -> isNumber(text) ? number(text) : NODES.textNode(text);
        };
    }

    private static JsonNode number(String text) {
        BigDecimal number = new BigDecimal(text);
        return text.chars().allMatch(c -> c == '-' || Character.isDigit(c))
                ? NODES.numberNode(number.toBigInteger())
                : NODES.numberNode(number);
    }

    private static boolean isNumber(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonNumber.length(bytes, 0, bytes.length) == bytes.length;
    }
}
