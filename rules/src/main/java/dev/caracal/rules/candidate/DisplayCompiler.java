package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles lists, tuples, sets and dicts that are written down with their members. */
final class DisplayCompiler {

    private final ExpressionCompiler expressions;

    DisplayCompiler(ExpressionCompiler expressions) {
        this.expressions = expressions;
    }

    Expression items(Items.Kind kind, JsonNode elements) {
        for (JsonNode element : elements) {
            if (element.path("_").asText().equals("Starred")) {
                return ExpressionCompiler.UNSURE;
            }
        }
        if (kind != Items.Kind.LIST && isConstant(elements)) {
            List<Object> texts = new ArrayList<>();
            elements.forEach(element -> texts.add(element.path("value").path("str").asText()));
            Items constant = Items.constant(kind, List.copyOf(texts));
            return frame -> constant;
        }
        return items(kind, expressions.all(elements));
    }

    private static boolean isConstant(JsonNode elements) {
        for (JsonNode element : elements) {
            if (!element.path("value").path("str").isTextual()) {
                return false;
            }
        }
        return !elements.isEmpty();
    }

    private static Expression items(Items.Kind kind, List<Expression> values) {
        return frame -> {
            List<Object> items = new ArrayList<>(values.size());
            for (Expression value : values) {
                items.add(value.evaluate(frame));
            }
            return switch (kind) {
                case LIST -> Items.list(items);
                case SET -> Builtins.set(kind, items);
                default -> Items.of(kind, items);
            };
        };
    }

    Expression dict(JsonNode keys, JsonNode values) {
        for (JsonNode key : keys) {
            if (key.isNull()) {
                return ExpressionCompiler.UNSURE;
            }
        }
        List<Expression> names = expressions.all(keys);
        List<Expression> members = expressions.all(values);
        return frame -> {
            Map<String, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                if (!(names.get(i).evaluate(frame) instanceof String name)) {
                    throw Unsure.UNSURE;
                }
                dict.put(name, members.get(i).evaluate(frame));
            }
            return new Mapping.Dict(dict);
        };
    }
}
