package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;

/** The comparisons of match expressions; false of values that they do not know. */
final class JsonComparison {

    private JsonComparison() {}

    static boolean equal(JsonNode found, JsonNode value) {
        if (found.isNumber() && value.isNumber()) {
            return order(found, value) == 0;
        }
        return !found.isMissingNode() && found.equals(value);
    }

    static boolean greater(JsonNode found, JsonNode value) {
        return areComparable(found, value) && order(found, value) > 0;
    }

    static boolean greaterOrEqual(JsonNode found, JsonNode value) {
        return areComparable(found, value) && order(found, value) >= 0;
    }

    static boolean less(JsonNode found, JsonNode value) {
        return areComparable(found, value) && order(found, value) < 0;
    }

    static boolean lessOrEqual(JsonNode found, JsonNode value) {
        return areComparable(found, value) && order(found, value) <= 0;
    }

    /** Of text within text, or of an element of a list. */
    static boolean contains(JsonNode found, JsonNode value) {
        if (found.isArray()) {
            for (JsonNode element : found) {
                if (equal(element, value)) {
                    return true;
                }
            }
            return false;
        }
        return areTexts(found, value) && found.textValue().contains(value.textValue());
    }

    static boolean startsWith(JsonNode found, JsonNode value) {
        return areTexts(found, value) && found.textValue().startsWith(value.textValue());
    }

    static boolean endsWith(JsonNode found, JsonNode value) {
        return areTexts(found, value) && found.textValue().endsWith(value.textValue());
    }

    static boolean isInCidr(JsonNode found, JsonNode value) {
        if (!areTexts(found, value)) {
            return false;
        }
        Optional<IpNetwork> network = IpNetwork.network(value.textValue());
        Optional<IpNetwork> address = IpNetwork.address(found.textValue());
        return network.isPresent() && address.isPresent() && network.get().contains(address.get());
    }

    /** Text in lower case, and lists of text; other values as they are. */
    static JsonNode folded(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(value.textValue().toLowerCase(Locale.ROOT));
        }
        if (!value.isArray()) {
            return value;
        }
        ArrayNode folded = JsonNodeFactory.instance.arrayNode();
        value.forEach(element -> folded.add(folded(element)));
        return folded;
    }

    private static boolean areTexts(JsonNode found, JsonNode value) {
        return found.isTextual() && value.isTextual();
    }

    private static boolean areComparable(JsonNode found, JsonNode value) {
        return areTexts(found, value) || (found.isNumber() && value.isNumber());
    }

    private static int order(JsonNode found, JsonNode value) {
        if (found.isTextual()) {
            return found.textValue().compareTo(value.textValue());
        }
        return found.decimalValue().compareTo(value.decimalValue());
    }
}
