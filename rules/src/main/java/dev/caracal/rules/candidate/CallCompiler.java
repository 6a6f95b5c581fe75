package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles calls: of functions, of built-in ones, and of methods. */
final class CallCompiler {

    private static final Expression UNSURE =
            frame -> {
                throw Unsure.UNSURE;
            };

    private final ExpressionCompiler expressions;
    private final SyntaxCompiler syntax;
    private final JsonNode names;

    CallCompiler(ExpressionCompiler expressions, SyntaxCompiler syntax, JsonNode names) {
        this.expressions = expressions;
        this.syntax = syntax;
        this.names = names;
    }

    Expression compile(JsonNode call) {
        JsonNode callee = call.path("func");
        JsonNode arguments = call.path("args");
        Map<String, Expression> named = new LinkedHashMap<>();
        for (JsonNode keyword : call.path("keywords")) {
            if (keyword.path("arg").isNull()) {
                return UNSURE;
            }
            named.put(keyword.path("arg").asText(), expressions.compile(keyword.path("value")));
        }
        if (callee.path("_").asText().equals("Attribute")) {
            JsonNode meaning = expressions.nameInModule(callee);
            return meaning.has("function")
                    ? function(meaning, arguments, named)
                    : method(callee, arguments, named);
        }
        String name = callee.path("id").asText();
        if (!callee.path("_").asText().equals("Name")) {
            return UNSURE;
        }
        if (expressions.isLocal(name)) {
            return value(expressions.compile(callee), arguments, named);
        }
        JsonNode meaning = names.path(name);
        if (meaning.has("function")) {
            return function(meaning, arguments, named);
        }
        boolean builtin = meaning.has("builtin") || meaning.has("type");
        return builtin && named.isEmpty() ? builtin(name, arguments) : UNSURE;
    }

    private Expression function(
            JsonNode meaning, JsonNode arguments, Map<String, Expression> named) {
        Function function = syntax.function(meaning.path("function").asText());
        List<Expression> positional = expressions.all(arguments);
        return frame -> {
            frame.step();
            return function.call(frame, values(frame, positional), values(frame, named));
        };
    }

    private Expression value(Expression callee, JsonNode arguments, Map<String, Expression> named) {
        List<Expression> positional = expressions.all(arguments);
        return frame -> {
            if (!(callee.evaluate(frame) instanceof Callable callable)) {
                throw Unsure.UNSURE;
            }
            return callable.call(frame, values(frame, positional), values(frame, named));
        };
    }

    private Expression method(JsonNode callee, JsonNode arguments, Map<String, Expression> named) {
        String name = callee.path("attr").asText();
        if (expressions.isModule(callee.path("value"), "ipaddress") && named.isEmpty()) {
            return builtin(name, arguments);
        }
        Expression receiver = expressions.compile(callee.path("value"));
        if (name.equals("join") && isGenerator(arguments)) {
            Expression parts = collected(arguments.get(0));
            return frame ->
                    Methods.call(
                            receiver.evaluate(frame),
                            name,
                            List.of(parts.evaluate(frame)),
                            Map.of());
        }
        List<Expression> positional = expressions.all(arguments);
        boolean changes = Mutations.METHODS.contains(name);
        return frame -> {
            Object called = receiver.evaluate(frame);
            if (changes) {
                frame.requireCertainty();
                return Mutations.call(
                        called, name, values(frame, positional), values(frame, named));
            }
            return Methods.call(called, name, values(frame, positional), values(frame, named));
        };
    }

    private Expression builtin(String name, JsonNode arguments) {
        if (!isGenerator(arguments)) {
            List<Expression> positional = expressions.all(arguments);
            return name.equals("reduce")
                    ? frame -> Builtins.reduce(frame, values(frame, positional))
                    : frame -> Builtins.call(name, values(frame, positional));
        }
        if (name.equals("any") || name.equals("all")) {
            return quantified(name.equals("any"), expressions.comprehension(arguments.get(0)));
        }
        Expression collected = collected(arguments.get(0));
        return frame -> Builtins.call(name, List.of(collected.evaluate(frame)));
    }

    private static boolean isGenerator(JsonNode arguments) {
        return arguments.size() == 1 && arguments.get(0).path("_").asText().equals("GeneratorExp");
    }

    private Expression collected(JsonNode generator) {
        Comprehension comprehension = expressions.comprehension(generator);
        return frame -> Items.list(comprehension.inOrder(frame));
    }

    /** {@code any} or {@code all}, which stop at the value that decides. */
    private static Expression quantified(boolean deciding, Comprehension comprehension) {
        return frame -> {
            Object[] result = {!deciding};
            comprehension.inAnyOrder(
                    frame,
                    value -> {
                        Boolean truth = PythonValues.truth(value);
                        if (truth == null) {
                            frame.doubt();
                            result[0] = PythonValues.join(result[0], Special.UNKNOWN_BOOLEAN);
                            return true;
                        }
                        if (truth == deciding) {
                            result[0] = deciding;
                        }
                        return truth != deciding;
                    });
            return result[0];
        };
    }

    private static List<Object> values(Frame frame, List<Expression> expressions) {
        if (expressions.size() == 1) {
            return List.of(expressions.get(0).evaluate(frame));
        }
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(expression.evaluate(frame));
        }
        return values;
    }

    private static Map<String, Object> values(Frame frame, Map<String, Expression> expressions) {
        if (expressions.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        expressions.forEach((name, expression) -> values.put(name, expression.evaluate(frame)));
        return values;
    }
}
