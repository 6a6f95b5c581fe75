package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the plain values that syntax.py writes: one member, named after the value's type. */
final class Constants {

    private Constants() {}

    static Object read(JsonNode constant) {
        Map.Entry<String, JsonNode> typed = constant.properties().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "none" -> Special.NONE;
            case "bool" -> value.asBoolean();
            case "str" -> value.asText();
            case "int" -> value.asLong();
            case "float" -> value.asDouble();
            case "pattern" ->
                    Pattern.of(value.path("regex").asText(), value.path("ignoreCase").asBoolean());
            case "timedelta" -> new Times.Span(value.asLong());
            case "list" -> Items.constant(Items.Kind.LIST, items(value));
            case "tuple" -> Items.constant(Items.Kind.TUPLE, items(value));
            case "set" -> Items.constant(Items.Kind.SET, items(value));
            case "dict" -> {
                Map<String, Object> members = new LinkedHashMap<>();
                value.forEach(pair -> members.put(pair.get(0).asText(), read(pair.get(1))));
                yield new Mapping.Dict(Collections.unmodifiableMap(members));
            }
            default -> throw new IllegalArgumentException("Unknown type " + typed.getKey());
        };
    }

    private static List<Object> items(JsonNode values) {
        List<Object> items = new ArrayList<>();
        values.forEach(value -> items.add(read(value)));
        return Collections.unmodifiableList(items);
    }
}
