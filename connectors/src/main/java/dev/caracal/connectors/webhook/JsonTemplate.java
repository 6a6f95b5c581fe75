package dev.caracal.connectors.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON document of whose texts each is a {@link TextTemplate}. A text that is one placeholder and
 * no more becomes the value itself, be it an object, a list or a number. What is filled in is a
 * value and not JSON text, so that it cannot break out of its place.
 */
public final class JsonTemplate {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode template;

    private JsonTemplate(JsonNode template) {
        this.template = template;
    }

    /**
     * @throws IllegalArgumentException if the text is no JSON, or a text in it no template
     */
    public static JsonTemplate parse(String text) {
        JsonNode template;
        try {
            template = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
        var parsed = new JsonTemplate(template);
        parsed.render(JsonNodeFactory.instance.objectNode());
        return parsed;
    }

    /** The document with every placeholder filled in. */
    public JsonNode render(JsonNode document) {
        return fill(template, document);
    }

    private static JsonNode fill(JsonNode node, JsonNode document) {
        if (node.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(field -> filled.set(field.getKey(), fill(field.getValue(), document)));
            return filled;
        }
        if (node.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> filled.add(fill(element, document)));
            return filled;
        }
        if (!node.isTextual()) {
            return node;
        }
        Object value = TextTemplate.parse(node.textValue()).value(document);
        if (value instanceof JsonNode json) {
            return json.isMissingNode() ? JsonNodeFactory.instance.nullNode() : json;
        }
        return JsonNodeFactory.instance.textNode((String) value);
    }
}
