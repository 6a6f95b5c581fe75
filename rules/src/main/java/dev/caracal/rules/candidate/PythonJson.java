package dev.caracal.rules.candidate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps} writes it, in ASCII. */
final class PythonJson {

    /** Up to here Python writes whole floats without an exponent. */
    private static final double MAX_PLAIN = 1e15;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PythonJson() {}

    static String text(Object value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    /** {@code repr(number)}, where it is whole. */
    static String text(double number) {
        boolean clear = number == Math.rint(number) && Math.abs(number) < MAX_PLAIN;
        if (!clear || (number == 0 && 1 / number < 0)) {
            throw Unsure.UNSURE;
        }
        return (long) number + ".0";
    }

    /** {@code json.loads(text)}. */
    static Object read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isMissingNode()) {
                throw Raised.JSON_ERROR;
            }
            return value(node);
        } catch (StreamConstraintsException e) {
            throw Unsure.UNSURE;
        } catch (JsonProcessingException e) {
            boolean isPythons = text.contains("NaN") || text.contains("Infinity");
            throw isPythons ? Unsure.UNSURE : Raised.JSON_ERROR;
        }
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.properties().forEach(one -> members.put(one.getKey(), value(one.getValue())));
            return new Mapping.Dict(members);
        }
        if (node.isArray()) {
            List<Object> values = new ArrayList<>();
            node.forEach(one -> values.add(value(one)));
            return Items.list(values);
        }
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.asLong();
        }
        if (node.isFloatingPointNumber()) {
            return node.asDouble();
        }
        if (node.isNull()) {
            return Special.NONE;
        }
        throw Unsure.UNSURE;
    }

    private static void write(Object value, StringBuilder json) {
        if (value instanceof String text) {
            quote(text, json);
        } else if (value instanceof Long || value instanceof Boolean) {
            json.append(value);
        } else if (value == Special.NONE) {
            json.append("null");
        } else if (value instanceof Double number) {
            json.append(text((double) number));
        } else if (value instanceof Mapping mapping) {
            write(PythonValues.members(mapping), json);
        } else if (value instanceof Items items && items.isSequence()) {
            write(items.values(), json);
        } else {
            throw Unsure.UNSURE;
        }
    }

    private static void write(List<Object> values, StringBuilder json) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            json.append(i > 0 ? ", " : "");
            write(values.get(i), json);
        }
        json.append(']');
    }

    private static void write(Map<String, Object> members, StringBuilder json) {
        json.append('{');
        String separator = "";
        for (Map.Entry<String, Object> member : members.entrySet()) {
            json.append(separator);
            quote(member.getKey(), json);
            json.append(": ");
            write(member.getValue(), json);
            separator = ", ";
        }
        json.append('}');
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                continue;
            }
            json.append(text, plain, i);
            plain = i + 1;
            escape(c, json);
        }
        json.append(text, plain, text.length()).append('"');
    }

    private static void escape(char c, StringBuilder json) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '\f' -> json.append("\\f");
            case '\b' -> json.append("\\b");
            default -> json.append("\\u").append(hex(c));
        }
    }

    private static String hex(char c) {
        String digits = Integer.toHexString(c);
        return "0000".substring(digits.length()) + digits;
    }
}
